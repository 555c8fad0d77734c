export function say(japanese, english) {
  process.stdout.write(`${japanese} / ${english}\n`);
}

export function fail(japanese, english) {
  process.stderr.write(`✗ ${japanese}\n  ${english}\n`);
  process.exit(1);
}
