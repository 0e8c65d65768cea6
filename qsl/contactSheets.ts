import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import type { FaceFrame } from '../base/pairLayout.js';
import { makeFolder, writeError } from '../platform/node/files.js';
import { writeWhole } from '../platform/node/wholeFile.js';
import { templateTransform } from './alignment/alignFace.js';
import { applyTransform } from './alignment/similarity.js';
import type { ImageOutcome } from './preprocessing/preprocessImage.js';

const COLUMNS = 10;
const ROWS = 6;
const SCALE = 2;
const CAPTION_HEIGHT = 14;
/** Left eye, right eye, nose, left and right corner of the mouth. */
const LANDMARK_COLOURS = ['red', 'lime', 'yellow', 'magenta', 'cyan'];

type FoundFace = Extract<ImageOutcome, { face: Uint8Array }>;
type NamedFace = FoundFace & { readonly path: string };

/**
 * Draws all aligned faces with their landmarks, captions below, into JPEG files of 60: those that MTCNN is least sure of
 * first. For a person to look at.
 *
 * @param frame what the faces were aligned into
 * @returns the files' paths
 * @throws LoadGenError `QSL_CONTACT_SHEETS` if they cannot be written; the signal's reason
 */
export async function writeContactSheets(
  folder: string,
  outcomes: ReadonlyMap<string, ImageOutcome>,
  frame: FaceFrame,
  signal?: AbortSignal,
): Promise<string[]> {
  const faces = [...outcomes].flatMap(([path, outcome]) => ('face' in outcome ? [{ path, ...outcome }] : []));
  faces.sort((a, b) => a.score - b.score);
  const files: string[] = [];
  try {
    makeFolder(folder);
    for (let start = 0; start < faces.length; start += COLUMNS * ROWS) {
      signal?.throwIfAborted();
      const file = join(folder, `sheet_${String(files.length + 1).padStart(3, '0')}.jpg`);
      await writeSheet(file, faces.slice(start, start + COLUMNS * ROWS), frame);
      files.push(file);
    }
    return files;
  } catch (thrown) {
    signal?.throwIfAborted();
    throw writeError(
      'QSL_CONTACT_SHEETS',
      `contact sheets to ${folder}`,
      thrown,
      'Name a folder that can be written to.',
    );
  }
}

async function writeSheet(file: string, faces: readonly NamedFace[], frame: FaceFrame): Promise<void> {
  const cell = cellSizeOf(frame);
  const overlays: OverlayOptions[] = [];
  for (const [index, face] of faces.entries()) {
    const [left, top] = [(index % COLUMNS) * cell.width, Math.floor(index / COLUMNS) * cell.height];
    const raw = { width: frame.width, height: frame.height, channels: 3 } as const;
    const input = await sharp(face.face, { raw })
      .resize(cell.width, frame.height * SCALE)
      .png()
      .toBuffer();
    overlays.push({ input, left, top }, { input: Buffer.from(marksOf(face, frame)), left, top });
  }
  const rows = Math.ceil(faces.length / COLUMNS);
  const [width, height] = [cell.width * COLUMNS, cell.height * rows];
  const sheet = await sharp({ create: { width, height, channels: 3, background: 'black' } })
    .composite(overlays)
    .jpeg({ chromaSubsampling: '4:4:4' })
    .toBuffer();
  await writeWhole(file, sheet);
}

/** In pixels: a face and its caption. */
function cellSizeOf({ width, height }: FaceFrame): { readonly width: number; readonly height: number } {
  return { width: width * SCALE, height: height * SCALE + CAPTION_HEIGHT };
}

/** An SVG of one cell: rings around the landmarks, and the caption. */
function marksOf({ path, score, faceCount, landmarks }: NamedFace, frame: FaceFrame): string {
  const { width, height } = cellSizeOf(frame);
  const toTemplate = templateTransform(landmarks, frame);
  const rings = landmarks.map((landmark, index) => {
    const { x, y } = toTemplate ? applyTransform(toTemplate, landmark) : landmark;
    const [centreX, centreY] = [(x + 0.5) * SCALE, (y + 0.5) * SCALE];
    return `<circle cx="${centreX}" cy="${centreY}" r="4" fill="none" stroke="${LANDMARK_COLOURS[index]}"/>`;
  });
  const several = faceCount > 1 ? `, 1 of ${faceCount}` : '';
  const caption = `${path.slice(path.lastIndexOf('/') + 1)} ${score.toFixed(3)}${several}`;
  const text = `<text x="2" y="${height - 3}" font-size="10" fill="white">${escapeXml(caption)}</text>`;
  return `<svg width="${width}" height="${height}">${rings.join('')}${text}</svg>`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
}
