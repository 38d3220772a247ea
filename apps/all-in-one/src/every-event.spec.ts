import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  cleanTo,
  emptied,
  eventType,
  foldEvents,
  splitPersonal,
  upcastData,
  validate,
  type Command,
  type NewEvent,
  type Recorded,
} from '#model';
import { partsOf } from '#service';
import { recorded, type Fixture } from '#testing';
import { MODULES } from './services.ts';

const folder = fileURLToPath(new URL('../../../libs/events/fixtures/', import.meta.url));
const fixtures = readdirSync(folder).map((file) => JSON.parse(readFileSync(folder + file, 'utf8')) as Fixture);
const parts = MODULES.map(partsOf);
const deciders = parts.flatMap((one) => [...Object.values(one.aggregates), ...(one.inner ?? [])]);
const rows = parts.flatMap((one) => one.projections ?? []).filter((view) => view.type === 'projection');

const eventOf = ({ type, version, data }: Fixture): NewEvent => {
  const event = eventType(type)!;
  return event(upcastData(event, version, data)) as NewEvent;
};

/** The stream of one record: its beginning, then this event; whole, and as it reads once the person is erased. */
function streams(kind: string, begins: string, then: Fixture): Recorded[][] {
  const events = [eventOf(fixtures.find((one) => one.type === begins)!), ...(then.type === begins ? [] : [eventOf(then)])];
  const whole = recorded(events);
  const erased = whole.map((event, at) => ({
    ...event,
    data: emptied(events[at]!.type, splitPersonal(events[at]!.type, event.data, `${kind}/r1`).open),
    erased: true,
  }));
  return [whole, erased];
}

const ofKind = (kind: string) => fixtures.filter((one) => one.type.startsWith(`${kind}.`));

it.each(rows.map((view) => [view.name, view] as const))('%s folds every event of its kind, whole and erased, into its shape', (_, view) => {
  const { type } = view.handlers.find((handler) => handler.start)!.event;
  const kind = type.slice(0, type.lastIndexOf('.'));
  for (const fixture of ofKind(kind))
    for (const stream of streams(kind, type, fixture)) {
      const doc = cleanTo(view.shape, foldEvents(view.handlers, undefined, stream));
      expect({ event: fixture.type, faults: validate(view.shape, doc) }).toEqual({ event: fixture.type, faults: [] });
    }
});

it.each(deciders.map((decider) => [decider.kind, decider] as const))(
  '%s comes about from every event of its kind, whole and erased',
  (kind, decider) => {
    const { type } = decider.evolve.find((handler) => handler.start)!.event;
    for (const fixture of ofKind(kind))
      for (const stream of streams(kind, type, fixture)) expect(foldEvents(decider.evolve, undefined, stream)).toBeDefined();
  },
);

it('every act that says how it is undone names an act there is', () => {
  const every = ['remove', 'restore'];
  const wrong = deciders.flatMap(({ kind, commands }) =>
    Object.entries(commands as Record<string, Command<unknown, unknown, 'create' | 'act'>>).flatMap(([name, { how }]) =>
      how.undo && !(how.undo in commands) && !every.includes(how.undo) ? [`${kind} ${name}: ${how.undo}`] : [],
    ),
  );
  expect(wrong).toEqual([]);
});
