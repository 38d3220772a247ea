const TOKEN =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/y; // oxlint-disable-line no-control-regex -- JSON forbids them in strings

type State = 'value' | 'key-or-end' | 'key' | 'colon' | 'comma-or-end' | 'value-or-end' | 'done';

/** Where a text stops being JSON. The parser's own message does not always say, and quotes the text when it does not. */
export function positionOfFault(text: string): { offset: number; line: number; column: number } {
  const offset = faultOffset(text);
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { offset, line, column: offset - before.lastIndexOf('\n') };
}

function faultOffset(text: string): number {
  const open: string[] = [];
  let state: State = 'value';
  let at = 0;
  for (;;) {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
    if (at >= text.length) return at;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    const next: State | undefined = token === undefined ? undefined : follow(state, token, open);
    if (next === undefined) return at;
    state = next;
    at += token!.length;
  }
}

/** The state after a token, undefined when it does not belong there. */
function follow(state: State, token: string, open: string[]): State | undefined {
  const ended = (): State => (open.length === 0 ? 'done' : 'comma-or-end');
  switch (state) {
    case 'value':
    case 'value-or-end':
      if (token === '{' || token === '[') return (open.push(token), token === '{' ? 'key-or-end' : 'value-or-end');
      if (token === ']' && state === 'value-or-end') return (open.pop(), ended());
      return '}],:'.includes(token) ? undefined : ended();
    case 'key-or-end':
    case 'key':
      if (token === '}' && state === 'key-or-end') return (open.pop(), ended());
      return token.startsWith('"') ? 'colon' : undefined;
    case 'colon':
      return token === ':' ? 'value' : undefined;
    case 'comma-or-end': {
      const inside = open.at(-1);
      if (token === ',') return inside === '{' ? 'key' : 'value';
      if (token !== (inside === '{' ? '}' : ']')) return undefined;
      open.pop();
      return ended();
    }
    case 'done':
      return undefined;
  }
}
