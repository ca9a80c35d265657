import type { Attachment, SalesDocument } from '../state.ts';
import { type Call, flag, type Handler } from './call.ts';
import { notFound, validationAnswer } from './errors.ts';
import { findDocument } from './find-document.ts';

/** developer.xero.com, Attachments: ten files a document; the same name replaces. */
const FILES_MAX = 10;
const NAME_FORBIDDEN = /[<>:"/\\|?*+]/;

const COLLECTIONS = { invoice: 'Invoices', creditnote: 'CreditNotes' } as const;

/** GET /Invoices/{InvoiceID}/Attachments, and of a credit note. */
export const listAttachments =
  (kind: SalesDocument['kind']): Handler =>
  (call) => {
    const document = findDocument(call, kind);
    if (!document) return notFound();
    const Attachments = document.attachments.map((one) => rendered(one, document, call));
    return { status: 200, body: { Attachments } };
  };

/** GET .../Attachments/{AttachmentID} or {FileName}: the file as it was sent. */
export const oneAttachment =
  (kind: SalesDocument['kind']): Handler =>
  (call) => {
    const wanted = call.ids[1] ?? '';
    const found = findDocument(call, kind)?.attachments.find(
      ({ id, fileName }) => id === wanted.toLowerCase() || fileName === wanted,
    );
    if (!found) return notFound();
    return { status: 200, file: { contentType: found.mimeType, body: found.bytes } };
  };

/** PUT or POST .../Attachments/{FileName}: raw bytes with their type; IncludeOnline shows it to the customer. */
export const writeAttachment =
  (kind: SalesDocument['kind']): Handler =>
  (call) => {
    const document = findDocument(call, kind);
    if (!document) return notFound();
    const fileName = call.ids[1] ?? '';
    if (NAME_FORBIDDEN.test(fileName))
      return validationAnswer('The file name has a character that is not allowed');
    if (call.bytes.byteLength === 0) return validationAnswer('The file is empty');
    const known = document.attachments.find((one) => one.fileName === fileName);
    if (!known && document.attachments.length >= FILES_MAX)
      return validationAnswer(`A document has at most ${FILES_MAX} attachments`);
    const attachment: Attachment = {
      id: known?.id ?? call.world.guid(),
      fileName,
      mimeType: typeOf(call.contentType, fileName),
      includeOnline: flag(call.query, 'IncludeOnline'),
      bytes: call.bytes,
    };
    document.attachments = [...document.attachments.filter((one) => one !== known), attachment];
    document.updatedMs = call.world.nowMs();
    const { id, mimeType } = attachment;
    const data = { tenantId: call.organisation.tenantId, documentId: document.id, id, fileName };
    call.world.record({
      kind: `${kind}.attached`,
      actor: `api:${call.clientId}`,
      data: { ...data, mimeType, size: call.bytes.byteLength },
    });
    return { status: 200, body: { Attachments: [rendered(attachment, document, call)] } };
  };

const UNTOLD = ['', 'application/octet-stream', 'application/x-www-form-urlencoded'];
const BY_ENDING: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  txt: 'text/plain',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpg',
};

/** The type that was sent; where a client tells none that means anything, the one of the name's ending. */
function typeOf(contentType: string, fileName: string): string {
  const sent = contentType.split(';')[0]?.trim() ?? '';
  if (!UNTOLD.includes(sent)) return sent;
  return BY_ENDING[fileName.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

function rendered(
  attachment: Attachment,
  document: SalesDocument,
  { world }: Call,
): Record<string, unknown> {
  const owner = `${COLLECTIONS[document.kind]}/${document.id}`;
  return {
    AttachmentID: attachment.id,
    FileName: attachment.fileName,
    Url: `${world.baseUrl}/api.xro/2.0/${owner}/Attachments/${encodeURIComponent(attachment.fileName)}`,
    MimeType: attachment.mimeType,
    ContentLength: attachment.bytes.byteLength,
    IncludeOnline: attachment.includeOnline,
  };
}
