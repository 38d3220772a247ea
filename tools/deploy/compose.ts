import { parse } from 'yaml';

/** What the rules look at of docker-compose.yml. */
export type Compose = {
  services: Record<string, Service>;
  networks?: Record<string, unknown>;
  volumes?: Record<string, unknown>;
};
export type Service = {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  ports?: string[];
  networks?: string[];
  cap_drop?: string[];
  security_opt?: string[];
  read_only?: boolean;
  privileged?: boolean;
  init?: boolean;
  stop_grace_period?: string;
  [key: string]: unknown;
};

/** Reads it as Compose does, `<<` included. */
export const readCompose = (text: string) => parse(text, { merge: true }) as Compose;

/** Innermost first: `${A}`, `${A:-else}`, `${A:?why}`. */
const VARIABLE = /\$\{(\w+)(?:(:-|:\?)([^{}]*))?\}/;

/** Every variable a text asks for, and whether it must be set. */
export function variablesIn(text: string): { name: string; required: boolean; otherwise: string | undefined }[] {
  const found = [];
  for (let match; (match = VARIABLE.exec(text)); text = text.replace(VARIABLE, ''))
    found.push({ name: match[1]!, required: match[2] === ':?', otherwise: match[2] === ':-' ? match[3] : undefined });
  return found;
}

/** A text with its variables filled in. */
export function filledIn(text: string, env: Record<string, string>): string {
  for (let match; (match = VARIABLE.exec(text));)
    text = text.replace(VARIABLE, () => env[match[1]!] || (match[2] === ':-' ? match[3]! : ''));
  return text;
}
