// Whether the process in this container is `live` (the usual) or `ready`: exits with 0 when it says so.
const state = process.argv[2] ?? 'live';
const answer = await fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/health/${state}`, { signal: AbortSignal.timeout(4_800) }).catch(
  ({ cause, message }) => ({ ok: false, status: cause?.code ?? message }),
);
if (!answer.ok) {
  console.error(`not ${state}: ${answer.status}`);
  process.exitCode = 1;
}
