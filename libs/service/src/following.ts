import { Server, type CustomTransportStrategy } from '@nestjs/microservices';

/** What goes on in the background of a process as long as it serves: consumers of the bus, a publisher. */
export type Following = { start(): Promise<unknown>; stop(): Promise<unknown> };

/**
 * Consumers as Nest has them: a microservice that starts with the application and ends with it. Events are no calls of handlers here: whole batches go
 * to lanes, which this starts and stops and knows nothing else of.
 */
export class FollowingStrategy extends Server implements CustomTransportStrategy {
  private readonly started: Following[] = [];

  /** @param following in the order in which they are to start; they end in the opposite one */
  constructor(private readonly following: readonly Following[]) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    for (const one of this.started.splice(0).reverse()) await one.stop();
  }

  on(): never {
    throw new Error('nothing of a bus is heard here');
  }

  unwrap<T>(): T {
    return this.following as T;
  }

  private async start(): Promise<void> {
    for (const one of this.following) {
      this.started.push(one);
      await one.start();
    }
  }
}
