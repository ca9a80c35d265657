import { momentValue, plainRow, type Row, textOf, type Value } from '../row.ts';
import { DOCUMENTS } from '../schema/system.ts';
import { type Answer, created, file, gone, ok, refused } from './answer.ts';
import type { Call, Handler } from './call.ts';
import type { SentFile } from './form.ts';
import { notFound, refusal } from './refusal.ts';
import { rendered } from './render.ts';
import type { Route } from './routes.ts';
import { workOf } from './write.ts';

/** Records that a document can hang on (enumeration of a public client), with the records of this tenant. */
const RECORD_TYPES: Readonly<Record<string, string>> = {
  Agreement: 'Agreement',
  Company: 'Company',
  Contact: 'Contact',
  Opportunity: 'Opportunity',
  Ticket: 'Ticket',
};

export const documentRoutes: readonly { path: string; route(ids: readonly number[]): Route }[] = [
  {
    path: 'system/documents',
    route: () => ({
      right: DOCUMENTS.right,
      methods: {
        GET: { verb: 'Inquire', handle: listDocuments },
        POST: { verb: 'Add', handle: upload },
      },
    }),
  },
  {
    path: 'system/documents/count',
    route: () => ({
      right: DOCUMENTS.right,
      methods: { GET: { verb: 'Inquire', handle: countDocuments } },
    }),
  },
  {
    path: 'system/documents/{id}',
    route: ([id = 0]) => ({
      right: DOCUMENTS.right,
      methods: {
        GET: { verb: 'Inquire', handle: withDocument(id, (call, row) => ok(shown(call, row))) },
        POST: { verb: 'Edit', handle: withDocument(id, replace) },
        DELETE: { verb: 'Delete', handle: withDocument(id, removeDocument) },
      },
    }),
  },
  {
    path: 'system/documents/{id}/download',
    route: ([id = 0]) => ({
      right: DOCUMENTS.right,
      methods: { GET: { verb: 'Inquire', handle: withDocument(id, download) } },
    }),
  },
];

function withDocument(id: number, handle: (call: Call, row: Row) => Answer): Handler {
  return (call) => {
    const row = call.world.tables.get('DocumentInfo', id);
    return row ? handle(call, row) : refused(notFound(`Document ${id}`));
  };
}

const shown = ({ world, hidesCosts }: Call, row: Row) =>
  rendered(world, { entity: DOCUMENTS, row, hidesCosts });

/** The documents of the one record that `recordType` and `recordId` name. */
function found({ world, query }: Call): Row[] | undefined {
  const recordId = query.get('recordId') ?? '';
  const type = typeOf(query.get('recordType'));
  if (type === undefined || !/^\d{1,12}$/.test(recordId)) return undefined;
  return world.documents.of(type, Number(recordId));
}

function listDocuments(call: Call): Answer {
  const rows = found(call);
  return rows ? ok(rows.map((row) => shown(call, row))) : refused(unnamed());
}

function countDocuments(call: Call): Answer {
  const rows = found(call);
  return rows ? ok({ count: rows.length }) : refused(unnamed());
}

const unnamed = () => refusal(400, 'recordType and recordId are required.');

/** POST /system/documents: multipart alone; "415 if you are sending the file as a JSON object" (vendor guide: API requests). */
function upload(call: Call): Answer {
  const { form, world } = call;
  if (!form) return refused(refusal(415, 'The request must be multipart/form-data.'));
  const { recordType, recordId = '', title, privateFlag } = form.fields;
  const type = typeOf(recordType);
  if (type === undefined || !/^\d{1,12}$/.test(recordId)) return refused(unnamed());
  const record = RECORD_TYPES[type] ?? '';
  if (!world.tables.get(record, Number(recordId)))
    return refused(notFound(`${record} ${recordId}`));
  const sent = form.files.file;
  if (!sent) return refused(refusal(400, 'file is required.'));
  const { actor, memberId } = workOf(call);
  const now = momentValue(world.nowMs());
  const member = world.tables.get('Member', memberId);
  const by = member ? textOf(member, 'identifier') : '';
  const row = world.tables.add('DocumentInfo', {
    values: {
      recordType: type,
      recordId: Number(recordId),
      title: title ?? sent.name,
      ...fileValues(sent),
      owner: by,
      linkFlag: false,
      imageFlag: sent.contentType.startsWith('image/'),
      publicFlag: !isTrue(privateFlag),
      htmlTemplateFlag: false,
      // The vendor's spelling; some clients send the other one.
      readOnlyFlag: isTrue(form.fields.readOnlyFlay ?? form.fields.ReadOnlyFlag),
      urlFlag: false,
      createdOnDate: now,
    },
    custom: {},
    info: { lastUpdated: now, updatedBy: by, dateEntered: now, enteredBy: by },
  });
  keep(call, row, sent);
  world.record({ kind: 'document.created', actor, data: { row: plainRow(row) } });
  return created(shown(call, row));
}

/** POST /system/documents/{id}: another file under the same id. */
function replace(call: Call, row: Row): Answer {
  const { form } = call;
  if (!form) return refused(refusal(415, 'The request must be multipart/form-data.'));
  const sent = form.files.file;
  if (!sent) return refused(refusal(400, 'file is required.'));
  Object.assign(row.values, fileValues(sent));
  const { title } = form.fields;
  if (title !== undefined) row.values.title = title;
  row.info = { ...row.info, lastUpdated: momentValue(call.world.nowMs()) };
  keep(call, row, sent);
  call.world.record({
    kind: 'document.changed',
    actor: workOf(call).actor,
    data: { row: plainRow(row) },
  });
  return ok(shown(call, row));
}

function removeDocument(call: Call, row: Row): Answer {
  call.world.tables.remove('DocumentInfo', row.id);
  call.world.documents.drop(row.id);
  call.world.record({
    kind: 'document.deleted',
    actor: workOf(call).actor,
    data: { row: plainRow(row) },
  });
  return gone();
}

const keep = ({ world }: Call, row: Row, { bytes, contentType }: SentFile): void =>
  world.documents.put(row.id, { bytes, contentType });

const fileValues = ({ name, bytes }: SentFile): Record<string, Value> => ({
  fileName: name,
  serverFileName: name,
  size: bytes.byteLength,
});

const typeOf = (text: string | null | undefined): string | undefined =>
  Object.keys(RECORD_TYPES).find((type) => type.toLowerCase() === text?.toLowerCase());

const isTrue = (text: string | undefined): boolean => text?.toLowerCase() === 'true';

/** "The name is in Content-Disposition" (clients of the live API). */
function download({ world }: Call, row: Row): Answer {
  const found = world.documents.file(row.id);
  return found
    ? file(found.bytes, found.contentType, textOf(row, 'fileName'))
    : refused(notFound(`Document ${row.id}`));
}
