import { Body, Controller, HttpCode, Inject, Post, type Type } from '@nestjs/common';
import { Type as Of } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { Answer, Anything, Flag, List, Optional, parseRef, Text, typed, type Part, type Static } from '#model';
import { context, invalid, Problem, validateForm } from '#runtime';
import { SERVICE, type Running } from '../tokens.ts';

const MOST = 1_000;

/** One person's part of one event, as a topic or a raw feed has it: `event` is its id (`ce_id`), `sealed` the ciphertext that stands under the person's name. */
export class SealedPart {
  @IsString() @Length(1, 200) event!: string;
  @Matches(/^[a-z]+\.[a-z-]+\/[^/\s]{1,100}$/) person!: string;
  @Matches(/^[A-Za-z0-9+/]{40,1000000}={0,2}$/) sealed!: string;
}

export class UnsealRequest {
  @ValidateNested({ each: true }) @Of(() => SealedPart) @ArrayMinSize(1) @ArrayMaxSize(MOST) parts!: SealedPart[];
}

const Unsealed = Answer('Unsealed', {
  values: Optional(List(typed<Part[number]>({ type: 'array', prefixItems: [Text, Anything], minItems: 2, maxItems: 2 }))),
  erased: Optional(Flag),
});
type Unsealed = Static<typeof Unsealed>;
/** In the order asked: paths and values, or that the person was erased. */
export const UnsealedAnswer = Answer('UnsealedParts', { parts: List(Unsealed) });

/**
 * Opens personal parts for whoever reads a service's events from a topic: who may read its raw feed, and may read every record of the people concerned
 * with all its fields. Keys stay here, so what was erased a moment ago is not opened any more.
 */
export function unsealController(name: string): Type {
  @Controller(`services/${name}/unseal`)
  class UnsealController {
    constructor(@Inject(SERVICE) readonly service: Running) {}

    @Post()
    @HttpCode(200)
    async unseal(@Body() body: UnsealRequest): Promise<Static<typeof UnsealedAnswer>> {
      const { tenant } = context();
      mayOpen('events.read', name);
      const { engines, parts: contents } = this.service.runtime;
      for (const kind of contents.deciders.keys()) mayOpen('events.read', kind);
      const { parts } = validateForm(UnsealRequest, body);
      for (const kind of new Set(parts.map(({ person }) => parseRef(person).kind))) mayOpen('read', kind);
      const opened = await engines.sealer.open(tenant, parts);
      const wrong = opened.flatMap((one, at) =>
        one === undefined ? [{ field: `parts.${at}`, problem: 'was not sealed for this event and person' }] : [],
      );
      if (wrong.length > 0) throw invalid(wrong);
      return { parts: opened.map((one): Unsealed => (one === 'erased' ? { erased: true } : { values: one! })) };
    }
  }
  Object.defineProperty(UnsealController, 'name', { value: `Unseal_${name}` });
  return UnsealController;
}

/** A ciphertext does not say which fields are in it, so whoever opens one must be allowed all of them, of everybody. @throws Problem 403 */
function mayOpen(ability: 'read' | 'events.read', of: string): void {
  const { permissions } = context();
  if (!permissions.may(ability, of)?.all || permissions.hidden(of).length > 0)
    throw new Problem(403, 'forbidden', 'You may not open what is sealed here.', { rule: permissions.why(ability, of) });
}
