declare module 'cli-progress' {
  export const Presets: { shades_classic: object };
  export class SingleBar {
    constructor(options: { format: string; stream: NodeJS.WritableStream; clearOnComplete: boolean; hideCursor: boolean }, preset: object);
    start(total: number, value: number): void;
    update(value: number): void;
    setTotal(total: number): void;
    stop(): void;
  }
}
