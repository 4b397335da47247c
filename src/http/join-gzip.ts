import { crc32 } from 'node:zlib';

const mostStoredBytes = 0xffff;
/** RFC 1952, 2.3: magic number, deflate, no flags, no time, no extra flags, unknown system. */
const fileHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/**
 * Puts text that changes every time before text that is compressed already, as one gzip file (RFC 1952). The first part
 * goes uncompressed: it is short, and the length of the whole then tells nothing about secrets in it.
 * @param start first part
 * @param rest second part, not empty, plain and as a complete raw deflate stream
 * @returns the file
 */
export function joinGzip(start: Buffer, rest: { readonly plain: Buffer; readonly deflated: Buffer }): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(rest.plain, crc32(start)), 0);
  trailer.writeUInt32LE((start.length + rest.plain.length) >>> 0, 4);
  return Buffer.concat([fileHeader, ...storeBlocks(start), rest.deflated, trailer]);
}

/** RFC 1951, 3.2.4: blocks without compression, none of them the last. */
function storeBlocks(bytes: Buffer): readonly Buffer[] {
  const blocks: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += mostStoredBytes) {
    const block = bytes.subarray(from, from + mostStoredBytes);
    const blockHeader = Buffer.alloc(5);
    blockHeader.writeUInt16LE(block.length, 1);
    blockHeader.writeUInt16LE(0xffff - block.length, 3);
    blocks.push(blockHeader, block);
  }
  return blocks;
}
