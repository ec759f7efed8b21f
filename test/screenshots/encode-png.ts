import { crc32, deflateSync } from "node:zlib";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const byPalette = 3;

/**
 * A PNG of at most 256 colours, as https://www.w3.org/TR/png-3/ has it.
 *
 * @param palette red, green and blue of each colour
 * @param indices of each pixel the number of its colour, from the upper left on
 */
export function encodePng(width: number, palette: Buffer, indices: Buffer): Buffer {
  const height = indices.length / width;
  const bits = palette.length / 3 > 16 ? 8 : 4;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, byPalette], 8);
  const lines = Array.from({ length: height }, (_, y) => {
    const line = indices.subarray(y * width, (y + 1) * width);
    // Each line begins with how it is filtered: not at all, which suits palettes.
    return Buffer.concat([Buffer.of(0), bits === 8 ? line : inPairs(line)]);
  });
  const data = deflateSync(Buffer.concat(lines), { level: 9, memLevel: 9 });
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function inPairs(line: Buffer): Buffer {
  const pairs = Buffer.alloc(Math.ceil(line.length / 2));
  for (const [x, index] of line.entries()) pairs[x >> 1] = (pairs[x >> 1] ?? 0) | (x % 2 === 0 ? index << 4 : index);
  return pairs;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
