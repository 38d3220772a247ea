import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import session from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_pb.js';
import sessionService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_grpc_pb.js';
import { conflictHeader, conflictStatus, eventMessage, identifier } from './messages.ts';
import { openRecords, type Append, type Proposed, type Recorded, type Records } from './records.ts';

type ReadRequest = InstanceType<typeof streams.ReadReq>;
type ReadAnswer = InstanceType<typeof streams.ReadResp>;
type BatchRequest = InstanceType<typeof streams.BatchAppendReq>;
type BatchAnswer = InstanceType<typeof streams.BatchAppendResp>;
type SessionRequest = InstanceType<typeof session.AppendRequest>;
type SessionAnswer = InstanceType<typeof session.AppendSessionResponse>;

/**
 * What goes wrong, and how often yet. `lost`: an append is written and the connection breaks before the answer. `refused`: it is not written. `unread`: a
 * read breaks.
 */
export type Faults = { lost: number; refused: number; unread: number };

/**
 * A gRPC double of what the adapter uses of a KurrentDB: reads of streams and of `$all` with a filter, a subscription to `$all`, appends in batches, appends to
 * several streams, the server's version. It answers as the published protocol and the client's own code say; it proves nothing about the server.
 */
export async function startDouble({ version = '25.1.0.2694', records = openRecords(), port = 0 } = {}) {
  const faults: Faults = { lost: 0, refused: 0, unread: 0 };
  const server = new Server();
  const strikes = (fault: keyof Faults) => faults[fault] > 0 && faults[fault]-- > 0;

  server.addService(featuresService.ServerFeaturesService, {
    getSupportedMethods: (_call: unknown, answer: sendUnaryData<unknown>) => answer(null, supported(version)),
  });
  server.addService(streamsService.StreamsService, {
    read: (call: ServerWritableStream<ReadRequest, ReadAnswer>) => (strikes('unread') ? broken(call) : read(records, call)),
    batchAppend: (call: ServerDuplexStream<BatchRequest, BatchAnswer>) => {
      const parts = new Map<string, { append: Append; request: BatchRequest }>();
      call.on('data', (request: BatchRequest) => {
        const id = request.getCorrelationId()!.getString() || JSON.stringify(request.getCorrelationId()!.toObject());
        const part = parts.get(id) ?? { append: appendOf(request), request };
        parts.set(id, part);
        part.append.events.push(...request.getProposedMessagesList().map(proposedOf));
        if (!request.getIsFinal()) return;
        parts.delete(id);
        if (strikes('refused')) return broken(call);
        const answer = batchAnswer(records, part.append).setCorrelationId(request.getCorrelationId());
        if (strikes('lost')) return broken(call);
        call.write(answer);
      });
      call.on('end', () => call.end());
    },
    append: unimplemented,
    delete: unimplemented,
    tombstone: unimplemented,
  });
  server.addService(sessionService.StreamsServiceService, {
    appendSession: (call: ServerReadableStream<SessionRequest, SessionAnswer>, answer: sendUnaryData<SessionAnswer>) => {
      const appends: Append[] = [];
      call.on('data', (request: SessionRequest) => appends.push(sessionAppend(request)));
      call.on('end', () => {
        const away = { code: status.UNAVAILABLE, details: 'the double is away' };
        if (strikes('refused')) return answer(away);
        const done = records.append(appends);
        if (strikes('lost')) return answer(away);
        if ('position' in done) return answer(null, sessionAnswer(appends, done.position));
        const metadata = new Metadata();
        metadata.set('grpc-status-details-bin', conflictHeader(done));
        return answer({ code: status.FAILED_PRECONDITION, details: 'revision conflict', metadata });
      });
    },
    appendRecords: unimplemented,
  });

  const bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, given) => (error ? reject(error) : resolve(given))),
  );
  return {
    // The client waits as long before its first read.
    url: `kurrentdb://127.0.0.1:${bound}?tls=false&discoveryInterval=5`,
    port: bound,
    records,
    faults,
    stop: async () => server.forceShutdown(),
  };
}

const unimplemented = (_call: unknown, answer: sendUnaryData<unknown>) =>
  answer({ code: status.UNIMPLEMENTED, details: 'not part of the double' });
const broken = (call: { emit(event: 'error', error: object): boolean }) =>
  void call.emit('error', { code: status.UNAVAILABLE, details: 'the double is away' });

function supported(version: string) {
  const methods = [
    ['event_store.client.streams.streams', 'batchappend'],
    ['event_store.client.streams.streams', 'read'],
    ['kurrentdb.protocol.v2.streams.streamsservice', 'appendsession'],
  ].map(([service, method]) => new features.SupportedMethod().setServiceName(service!).setMethodName(method!));
  return new features.SupportedMethods().setEventStoreServerVersion(version).setMethodsList(methods);
}

function read(records: Records, call: ServerWritableStream<ReadRequest, ReadAnswer>): void {
  const options = call.request.getOptions()!;
  const stream = options.getStream();
  if (stream) return readStream(records, call, Buffer.from(stream.getStreamIdentifier()!.getStreamName_asU8()).toString());
  const all = options.getAll()!;
  const prefixes = options.getFilter()?.getStreamIdentifier()?.getPrefixList();
  const wanted = ({ stream: name }: Recorded) => !prefixes?.length || prefixes.some((prefix) => name.startsWith(prefix));
  const from = all.hasPosition() ? Number(all.getPosition()!.getCommitPosition()) : undefined;
  if (options.hasSubscription()) return subscribe(records, call, all.hasEnd() ? Infinity : (from ?? 0), wanted);
  const back = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const found = records.all.filter((one) => wanted(one) && (from === undefined || (back ? one.position < from : one.position >= from)));
  for (const one of (back ? found.reverse() : found).slice(0, Number(options.getCount()))) call.write(eventMessage(one));
  call.end();
}

function readStream(records: Records, call: ServerWritableStream<ReadRequest, ReadAnswer>, name: string): void {
  const options = call.request.getOptions()!;
  const kept = records.of(name);
  if (kept.length === 0)
    call.write(new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(name))));
  const from = Number(options.getStream()!.getRevision() || 0);
  for (const one of kept.filter(({ revision }) => revision >= from).slice(0, Number(options.getCount()))) call.write(eventMessage(one));
  call.end();
}

/** What is there from a position on, then what comes; a subscription goes on behind the event at its position. */
function subscribe(
  records: Records,
  call: ServerWritableStream<ReadRequest, ReadAnswer>,
  from: number,
  wanted: (one: Recorded) => boolean,
): void {
  call.write(new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('1')));
  const give = (some: readonly Recorded[]) => {
    for (const one of some) {
      if (wanted(one)) call.write(eventMessage(one));
      else call.write(checkpoint(one.position));
    }
  };
  give(records.all.filter(({ position }) => position > from));
  call.write(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
  const forget = records.onAppended(give);
  for (const end of ['cancelled', 'close', 'error']) call.on(end, forget);
}

const checkpoint = (position: number) =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

function appendOf(request: BatchRequest): Append {
  const options = request.getOptions()!;
  const stream = Buffer.from(options.getStreamIdentifier()!.getStreamName_asU8()).toString();
  return { stream, expected: options.hasNoStream() ? -1 : Number(options.getStreamPosition()), events: [] };
}

const proposedOf = (message: InstanceType<typeof streams.BatchAppendReq.ProposedMessage>): Proposed => ({
  id: message.getId()!.getString(),
  type: message.getMetadataMap().get('type')!,
  data: Buffer.from(message.getData_asU8()),
});

function batchAnswer(records: Records, append: Append): BatchAnswer {
  const answer = new streams.BatchAppendResp().setStreamIdentifier(identifier(append.stream));
  const done = records.append([append]);
  if (!('position' in done)) return answer.setError(conflictStatus(done));
  const success = new streams.BatchAppendResp.Success().setCurrentRevision(String(append.expected + append.events.length));
  const place = new shared.AllStreamPosition().setCommitPosition(String(done.position)).setPreparePosition(String(done.position));
  return answer.setSuccess(success.setPosition(place));
}

const sessionAppend = (request: SessionRequest): Append => ({
  stream: request.getStream(),
  expected: Number(request.getExpectedRevision()),
  events: request.getRecordsList().map((record) => ({
    id: record.getRecordId()!,
    type: record.getSchema()!.getName(),
    data: Buffer.from(record.getData_asU8()),
  })),
});

function sessionAnswer(appends: Append[], position: number): SessionAnswer {
  const output = appends.map(({ stream, expected, events }) =>
    new session.AppendResponse().setStream(stream).setStreamRevision(String(expected + events.length)),
  );
  return new session.AppendSessionResponse().setOutputList(output).setPosition(String(position));
}
