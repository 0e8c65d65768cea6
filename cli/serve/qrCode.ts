import pc from 'picocolors';
import encodeQR from 'qr';
import { hasColor } from '../terminal.js';

/**
 * An address for the camera of a phone, in half blocks.
 *
 * @param stream where it is to stand: empty unless that is a terminal, and wide enough
 */
export function qrCode(address: string, stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): string {
  if (!stream.isTTY) return '';
  const lines = encodeQR(address, 'ascii', { ecc: 'low' }).trimEnd().split('\n');
  if (lines.some((line) => line.length > stream.columns)) return '';
  // Dark on light, whatever the colours of the terminal: not every camera reads the inverse.
  const { bgBlack, whiteBright } = pc.createColors(hasColor(stream));
  return lines.map((line) => bgBlack(whiteBright(line))).join('\n');
}
