/**
 * How long a telephone recording is, rounded up; undefined when its head cannot be read. What the head says of
 * the length is not asked: a recorder that was killed never wrote it.
 *
 * @param head the first bytes of the file, 44 or more
 */
export function wavSeconds(head: Buffer, fileBytes: number): number | undefined {
  if (head.length < 44 || head.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  const bytesPerSecond = head.readUInt32LE(28);
  return bytesPerSecond === 0 ? undefined : Math.ceil((fileBytes - 44) / bytesPerSecond);
}
