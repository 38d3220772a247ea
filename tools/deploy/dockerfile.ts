/** One instruction: `COPY`, and what follows it. */
export type Instruction = { name: string; rest: string };

/** Reads a Dockerfile: comments out, continued lines joined. */
export function readDockerfile(text: string): Instruction[] {
  return text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const match = /^\s*([A-Za-z]+)\s+(.+?)\s*$/.exec(line);
      return match ? [{ name: match[1]!.toUpperCase(), rest: match[2]! }] : [];
    });
}

/** Whether a file gets to the builder, by a .dockerignore that first leaves out everything (`*`) and then takes in (`!apps`). */
export const isTakenIn = (ignore: string, path: string) =>
  ignore.split('\n').some((line) => line.startsWith('!') && (path === line.slice(1) || path.startsWith(`${line.slice(1)}/`)));

/** Every way in which an image would be larger, older or mightier than it need be. @param exists whether a path of the repository is there */
export function faultsOf(instructions: Instruction[], ignore: string, exists: (path: string) => boolean): string[] {
  const faults: string[] = [];
  const stages: Instruction[][] = [];
  for (const one of instructions) {
    if (one.name === 'FROM') stages.push([]);
    stages.at(-1)?.push(one);
  }
  const names = stages.map(([from]) => / AS (\w+)$/i.exec(from!.rest)?.[1]);
  const last = stages.at(-1) ?? [];
  const of = (name: string) => last.filter((one) => one.name === name).map(({ rest }) => rest);

  for (const [from] of stages)
    if (!/^[\w./-]+:\d+\.\d+\.\d+[\w.-]*( AS \w+)?$/i.test(from!.rest)) faults.push(`FROM ${from!.rest} is no exact version`);
  if (stages.length < 2) faults.push('what builds it stays in it: there is one stage only');
  if (!of('USER').length || /^(root|0)\b/.test(of('USER').at(-1)!)) faults.push('it runs as root');
  if (of('HEALTHCHECK').length !== 1) faults.push('it has no health check');
  for (const name of ['ENTRYPOINT', 'HEALTHCHECK'])
    for (const rest of of(name))
      if (!/(^|CMD )\[".*"\]$/.test(rest)) faults.push(`${name} goes through a shell, which passes no signals on`);
  if (!of('ENTRYPOINT').length) faults.push('it has no ENTRYPOINT, so a service cannot be an argument');
  if (!instructions.some(({ rest }) => rest.includes('--omit=dev'))) faults.push('what only development needs stays in it');
  for (const { name, rest } of instructions) {
    if (name === 'ADD') faults.push(`ADD ${rest}: COPY does no more than it says`);
    if (/^(ARG|ENV)$/.test(name) && /PASSWORD|SECRET|TOKEN|KEY/i.test(rest))
      faults.push(`${name} ${rest} would keep a secret in the image`);
    if (/:latest\b/.test(rest)) faults.push(`${name} ${rest} takes whatever is latest`);
    if (name !== 'COPY') continue;
    const [from] = /(?<=--from=)\w+/.exec(rest) ?? [];
    if (from && !names.includes(from)) faults.push(`COPY ${rest}: there is no stage ${from}`);
    if (from) continue;
    for (const path of rest
      .split(/\s+/)
      .filter((part) => !part.startsWith('--'))
      .slice(0, -1)) {
      if (path === '.') continue;
      if (!exists(path)) faults.push(`COPY ${path}: there is no such file`);
      else if (!isTakenIn(ignore, path)) faults.push(`COPY ${path}: .dockerignore leaves it out`);
    }
  }
  return faults;
}
