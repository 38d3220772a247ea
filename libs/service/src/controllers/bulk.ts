import { IsInt, IsOptional, IsObject, IsString, IsUUID, Length, Max, Min } from 'class-validator';
import { Answer, Count, Flag, Id, Optional, typed, uuidV5, type Command, type Decider, type Static } from '#model';
import { context, inContext, invalid, validateForm, type Commands } from '#runtime';
import { bodyOf, toProblem, type ProblemBody } from '../http/problems.ts';
import { occurredAtOf, type HttpContext } from '../http/request-context.ts';

export const MOST_ITEMS = 1_000;

/** One entry of a bulk call; `id` is absent for commands that make their own. */
export class BulkItem {
  @IsOptional() @IsUUID() id?: string;
  @IsString() @Length(1, 100) command!: string;
  @IsOptional() @IsObject() data?: Record<string, unknown>;
  @IsOptional() @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) ifMatch?: number;
  @IsOptional() @IsString() occurredAt?: string;
}

/** What came of one item. */
export const BulkAnswer = Answer('BulkResult', {
  status: Count,
  id: Optional(Id),
  revision: Optional(Count),
  created: Optional(Flag),
  problem: Optional(typed<ProblemBody>({ $ref: '#/components/schemas/Problem' })),
});
export type BulkResult = Static<typeof BulkAnswer>;

/**
 * Runs many commands, each in a context of its own (its key is the call's with the item's number), and gives a result per item in their order.
 * Items of one record run one after the other, those of different records together, so that they share durable writes.
 *
 * @throws Problem 400 when the body is not a list of 1 to 1,000 items; what is wrong with an item is that item's result
 */
export async function runBulk(commands: Commands, decider: Decider<any, any>, body: unknown): Promise<BulkResult[]> {
  if (!Array.isArray(body) || body.length === 0 || body.length > MOST_ITEMS)
    throw invalid([{ field: '', problem: 'must be a list of 1 to 1,000 items', hint: '[{ "command": "…", "data": { … } }]' }]);
  const items = body as unknown[];
  const lanes = new Map<string, number[]>();
  for (const [at, item] of items.entries()) {
    const id = (item as { id?: unknown } | null)?.id;
    const lane = typeof id === 'string' ? id : `new/${at}`;
    const waiting = lanes.get(lane);
    if (waiting) waiting.push(at);
    else lanes.set(lane, [at]);
  }
  const results: BulkResult[] = Array.from({ length: items.length });
  const base = context();
  const { reply: _, ...quiet } = base as HttpContext;
  const queue = [...lanes.values()].values();
  const work = async () => {
    for (const lane of queue) for (const at of lane) results[at] = await runItem(commands, decider, items[at], quiet, at);
  };
  await Promise.all(Array.from({ length: Math.min(64, lanes.size) }, work));
  return results;
}

async function runItem(commands: Commands, decider: Decider<any, any>, given: unknown, base: HttpContext, at: number): Promise<BulkResult> {
  try {
    const item = validateForm(BulkItem, given);
    const open = Object.entries(decider.commands as Record<string, Command<any, any, 'create' | 'act'>>).filter(
      ([, { how }]) => !how.inner,
    );
    const command = open.find(([name]) => name === item.command)?.[1];
    if (!command)
      throw invalid([{ field: 'command', problem: 'is not known here', hint: `one of ${open.map(([name]) => name).join(', ')}` }]);
    if (command.type === 'act' && !item.id)
      throw invalid([{ field: 'id', problem: 'is missing', hint: `${item.command} acts on a record that exists` }]);
    const occurredAt = item.occurredAt === undefined ? base.occurredAt : occurredAtOf(item.occurredAt, 'occurredAt');
    const own = { ...base, commandId: uuidV5(base.commandId, `item/${at}`), ifMatch: item.ifMatch, occurredAt };
    const data = item.data ?? {};
    const done = await inContext(own, () =>
      command.type === 'create'
        ? commands.create(decider, item.command, data, item.id)
        : commands.run(decider, item.id!, item.command, data),
    );
    return { status: done.created ? 201 : 200, id: done.id, revision: done.revision, created: done.created };
  } catch (error) {
    const problem = toProblem(error);
    // A bug is the whole call's failure: its place in the log must not be hidden in a list.
    if (problem.status === 500) throw error;
    return { status: problem.status, problem: bodyOf(problem) };
  }
}
