import { Controller, Get, HttpCode, Inject, Post, type Type } from '@nestjs/common';
import { Problem, type PublisherStatus } from '#runtime';
import { SERVICE, type Running } from '../tokens.ts';
import { mayManage } from './operations.ts';

/** How far a service's log has been published to the others, where it is published at all. For whoever may `manage` the service. */
export function topicController(name: string): Type {
  @Controller(`services/${name}/topic`)
  class TopicController {
    constructor(@Inject(SERVICE) readonly service: Running) {}

    @Get()
    async status(): Promise<PublisherStatus> {
      mayManage(name);
      return this.publisher().status();
    }

    @Post('republish')
    @HttpCode(202)
    async republish(): Promise<{ log: string; state: 'republishing' }> {
      mayManage(name);
      // How far it has come is asked of the status.
      await this.publisher().republish();
      return { log: name, state: 'republishing' };
    }

    private publisher() {
      const { publisher } = this.service;
      if (!publisher)
        throw new Problem(409, 'no-topic', 'Services of one process read each other’s logs themselves; nothing is published here.');
      return publisher;
    }
  }
  Object.defineProperty(TopicController, 'name', { value: `Topic_${name}` });
  return TopicController;
}
