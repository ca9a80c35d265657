import { type CorrectionBody, call } from '../api.ts';

export type Correction = CorrectionBody['correction'];

/** What correcting a mapping would do, both halves; nothing is written yet. */
export const lookAtCorrection = (connectionId: string, correction: Correction) =>
  call('POST /v1/connections/:connectionId/corrections/preview', {
    params: { connectionId },
    body: { correction },
  });

export const correct = (connectionId: string, correction: Correction, seen: string) =>
  call('POST /v1/connections/:connectionId/corrections', {
    params: { connectionId },
    body: { correction, seen },
  });
