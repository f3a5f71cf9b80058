/** One file out of a zip archive, read from the end as the format wants, inflated up to a limit and no further. */

import { Unreadable } from "./unreadable.js";

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_BYTES = 22;
const COMMENT_LIMIT_BYTES = 65_535;
const STORED = 0;
const DEFLATED = 8;

/**
 * The bytes of the entry. Only what is needed of the archive is read from disk: a picture in it costs nothing.
 * @param {Blob} archive
 * @param {string} name
 * @param {number} limitBytes inflated; raises `Unreadable` above it
 * @returns {Promise<Uint8Array>}
 */
export async function unzip(archive, name, limitBytes) {
  const tail = await view(archive, Math.max(0, archive.size - END_BYTES - COMMENT_LIMIT_BYTES), archive.size);
  let at = tail.byteLength - END_BYTES;
  while (at >= 0 && tail.getUint32(at, true) !== END_OF_DIRECTORY) at -= 1;
  if (at < 0) throw new Unreadable("It is no zip archive, or only a part of one.");
  const [size, offset] = [tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)];
  const entry = find(await view(archive, offset, offset + size), name);
  const local = await view(archive, entry.offset, entry.offset + 30);
  if (local.byteLength < 30 || local.getUint32(0, true) !== LOCAL_ENTRY) throw new Unreadable("The archive is damaged.");
  const start = entry.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  return inflate(archive.slice(start, start + entry.packedBytes), entry.method, limitBytes);
}

/**
 * @param {DataView} directory
 * @param {string} name
 */
function find(directory, name) {
  let at = 0;
  while (at + 46 <= directory.byteLength && directory.getUint32(at, true) === DIRECTORY_ENTRY) {
    const lengths = [28, 30, 32].map((place) => directory.getUint16(at + place, true));
    const bytes = new Uint8Array(directory.buffer, directory.byteOffset + at + 46, Math.min(lengths[0], directory.byteLength - at - 46));
    if (new TextDecoder().decode(bytes) === name) {
      if (directory.getUint16(at + 8, true) & 1) throw new Unreadable("It is protected by a password.");
      return { method: directory.getUint16(at + 10, true), packedBytes: directory.getUint32(at + 20, true), offset: directory.getUint32(at + 42, true) };
    }
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  throw new Unreadable(`The archive holds no ${name}.`);
}

/**
 * @param {Blob} packed
 * @param {number} method
 * @param {number} limitBytes
 */
async function inflate(packed, method, limitBytes) {
  if (method !== STORED && method !== DEFLATED) throw new Unreadable("It is packed in a way that is not read here.");
  const stream = method === STORED ? packed.stream() : packed.stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  /** @type {Uint8Array[]} */
  const chunks = [];
  let bytes = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      if (bytes > limitBytes) throw new Unreadable("The text in it is too long.");
      chunks.push(value);
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("The archive is damaged.");
  } finally {
    reader.cancel().catch(() => {});
  }
  return new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (chunks)).arrayBuffer());
}

/**
 * @param {Blob} archive
 * @param {number} start
 * @param {number} end
 */
async function view(archive, start, end) {
  return new DataView(await archive.slice(start, end).arrayBuffer());
}
