import type { Failure } from '../domain/errors.ts';
import { ownKey } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Job } from './job.ts';
import { worldOf } from './plan/world.ts';
import { type Step, writeSteps } from './write-steps.ts';

/**
 * E-mails what a run approved, where the setting says so. Which documents are left follows from
 * what they say themselves, so a run that was cut off goes on without mailing anything twice.
 */
export async function sendDocuments(job: Job, run: Run): Promise<Failure | null> {
  const { context, tenantId, connection } = job;
  if (connection.settings.postAs !== 'sent') return null;
  const reader = await context.store.read(tenantId);
  const world = worldOf({
    reader,
    tenantId,
    connection,
    manifest: context.connector(connection.systemId).manifest,
    crypto: context.crypto,
    nowMs: context.clock.nowMs(),
  });
  const busy = new Set(reader.list('intent').flatMap(({ element }) => element.documentId ?? []));
  for (const part of run.parts) {
    const snapshot =
      part.documentId === null || part.state !== 'written'
        ? null
        : reader.get('snapshot', ownKey(connection.id, part.documentId));
    if (
      snapshot === null ||
      snapshot.document.kind !== 'invoice' ||
      snapshot.document.state !== 'approved' ||
      snapshot.document.sent ||
      busy.has(snapshot.document.id)
    )
      continue;
    const step: Step = {
      write: {
        ref: `send:${snapshot.document.id}`,
        documentKind: snapshot.document.kind,
        open: null,
        before: snapshot.document,
        lines: [],
        state: null,
        send: true,
        allocate: null,
      },
      plan: null,
      frees: [],
      before: snapshot.hash,
    };
    const failure = await writeSteps(job, run, [step], world);
    if (failure !== null) return failure;
  }
  return null;
}
