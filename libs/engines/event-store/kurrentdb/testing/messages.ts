import errors from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/errors_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import status from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Conflict, Recorded } from './records.ts';

/** An event in the answer to a read. */
export function eventMessage({ position, stream, revision, id, type, data, created }: Recorded) {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new shared.UUID().setString(id));
  recorded.setStreamIdentifier(identifier(stream));
  recorded.setStreamRevision(String(revision));
  recorded.setPreparePosition(String(position));
  recorded.setCommitPosition(String(position));
  recorded.setData(data);
  recorded.getMetadataMap().set('type', type);
  recorded.getMetadataMap().set('content-type', 'application/json');
  recorded.getMetadataMap().set('created', String(BigInt(created) * 10_000n));
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(position));
  return new streams.ReadResp().setEvent(event);
}

export const identifier = (stream: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(stream));

/** A conflict as appends to one stream report it. */
export function conflictStatus({ expected, actual }: Conflict) {
  const details = new shared.WrongExpectedVersion();
  if (actual < 0) details.setCurrentNoStream(new shared.Empty());
  else details.setCurrentStreamRevision(String(actual));
  if (expected < 0) details.setExpectedNoStream(new shared.Empty());
  else details.setExpectedStreamPosition(String(expected));
  return statusWith('event_store.client.WrongExpectedVersion', details.serializeBinary());
}

/** A conflict as appends to several streams report it: in a header of the answer. */
export function conflictHeader({ stream, expected, actual }: Conflict): Buffer {
  const details = new errors.StreamRevisionConflictErrorDetails();
  details.setStream(stream);
  details.setExpectedRevision(String(expected));
  details.setActualRevision(String(actual));
  return Buffer.from(
    statusWith('kurrentdb.protocol.v2.streams.errors.StreamRevisionConflictErrorDetails', details.serializeBinary()).serializeBinary(),
  );
}

/** `google.rpc.Status` with one detail. */
const statusWith = (type: string, value: Uint8Array) => {
  const detail = Buffer.concat([field(1, Buffer.from(`type.googleapis.com/${type}`)), field(2, value)]);
  return status.Status.deserializeBinary(field(3, detail));
};

/** A length-delimited field of a message. */
function field(number: number, bytes: Uint8Array): Buffer {
  const head = [(number << 3) | 2];
  for (let rest = bytes.length; ; rest >>= 7) {
    head.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Buffer.concat([Buffer.from(head), bytes]);
  }
}
