// The container's health: whether the service can do its work now.
const { HTTP_HOST: given = '127.0.0.1', HTTP_PORT: port = '3000' } = process.env;
const host = ['', '0.0.0.0', '::'].includes(given) ? '127.0.0.1' : given;
const answer = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/readyz`, {
  signal: AbortSignal.timeout(8000),
});
console.log(await answer.text());
process.exitCode = answer.ok ? 0 : 1;
