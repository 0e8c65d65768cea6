import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import { LoadGenError, messageOf } from '../base/errors.js';
import { FACE_HEIGHT, FACE_WIDTH, templateTransform } from './alignment/alignFace.js';
import { applyTransform } from './alignment/similarity.js';
import type { ImageOutcome } from './preprocessing/preprocessImage.js';

const COLUMNS = 10;
const ROWS = 6;
const SCALE = 2;
const CAPTION_HEIGHT = 14;
const CELL_WIDTH = FACE_WIDTH * SCALE;
const CELL_HEIGHT = FACE_HEIGHT * SCALE + CAPTION_HEIGHT;
/** Left eye, right eye, nose, left and right corner of the mouth. */
const LANDMARK_COLOURS = ['red', 'lime', 'yellow', 'magenta', 'cyan'];

type FoundFace = Extract<ImageOutcome, { face: Uint8Array }>;
type NamedFace = FoundFace & { readonly path: string };

/**
 * Draws all aligned faces with their landmarks, captions below, into JPEG files of 60: those that MTCNN is least sure of
 * first. For a person to look at.
 *
 * @returns the files' paths
 * @throws LoadGenError `QSL_CONTACT_SHEETS` if they cannot be written
 */
export async function writeContactSheets(
  folder: string,
  outcomes: ReadonlyMap<string, ImageOutcome>,
): Promise<string[]> {
  const faces = [...outcomes].flatMap(([path, outcome]) => ('face' in outcome ? [{ path, ...outcome }] : []));
  faces.sort((a, b) => a.score - b.score);
  const files: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (let start = 0; start < faces.length; start += COLUMNS * ROWS) {
      const file = join(folder, `sheet_${String(files.length + 1).padStart(3, '0')}.jpg`);
      await writeSheet(file, faces.slice(start, start + COLUMNS * ROWS));
      files.push(file);
    }
    return files;
  } catch (cause) {
    throw new LoadGenError('QSL_CONTACT_SHEETS', `${folder}: cannot write contact sheets: ${messageOf(cause)}`, {
      hint: 'Name a folder that can be written to.',
      cause,
    });
  }
}

async function writeSheet(file: string, faces: readonly NamedFace[]): Promise<void> {
  const overlays: OverlayOptions[] = [];
  for (const [index, face] of faces.entries()) {
    const [left, top] = [(index % COLUMNS) * CELL_WIDTH, Math.floor(index / COLUMNS) * CELL_HEIGHT];
    const raw = { width: FACE_WIDTH, height: FACE_HEIGHT, channels: 3 } as const;
    const input = await sharp(face.face, { raw })
      .resize(CELL_WIDTH, FACE_HEIGHT * SCALE)
      .png()
      .toBuffer();
    overlays.push({ input, left, top }, { input: Buffer.from(marksOf(face)), left, top });
  }
  const rows = Math.ceil(faces.length / COLUMNS);
  const [width, height] = [CELL_WIDTH * COLUMNS, CELL_HEIGHT * rows];
  await sharp({ create: { width, height, channels: 3, background: 'black' } })
    .composite(overlays)
    .jpeg({ chromaSubsampling: '4:4:4' })
    .toFile(file);
}

/** An SVG of one cell: rings around the landmarks, and the caption. */
function marksOf({ path, score, faceCount, landmarks }: NamedFace): string {
  const toTemplate = templateTransform(landmarks);
  const rings = landmarks.map((landmark, index) => {
    const { x, y } = toTemplate ? applyTransform(toTemplate, landmark) : landmark;
    const [centreX, centreY] = [(x + 0.5) * SCALE, (y + 0.5) * SCALE];
    return `<circle cx="${centreX}" cy="${centreY}" r="4" fill="none" stroke="${LANDMARK_COLOURS[index]}"/>`;
  });
  const several = faceCount > 1 ? `, 1 of ${faceCount}` : '';
  const caption = `${path.slice(path.lastIndexOf('/') + 1)} ${score.toFixed(3)}${several}`;
  const text = `<text x="2" y="${CELL_HEIGHT - 3}" font-size="10" fill="white">${escapeXml(caption)}</text>`;
  return `<svg width="${CELL_WIDTH}" height="${CELL_HEIGHT}">${rings.join('')}${text}</svg>`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
}
