import { numberOption } from '../../switches.ts';
import type { ActiveFaults } from '../faults.ts';
import type { RateVerdict } from './rate-limits.ts';

/** 429 with the headers of the limit met; the body is empty (xero-node #484). */
export function tooMany(verdict: RateVerdict): Response {
  const headers = new Headers(verdict.headers);
  if (verdict.problem) headers.set('X-Rate-Limit-Problem', verdict.problem);
  if (verdict.retryAfterS !== undefined) headers.set('Retry-After', String(verdict.retryAfterS));
  return new Response(null, { status: 429, headers });
}

/** A 429 that a fault asks for. */
export function plannedTooMany(
  faults: ActiveFaults,
  headers: Record<string, string>,
): Response | undefined {
  const minute = faults.get('rate-limit-minute');
  if (minute)
    return tooMany({
      problem: 'minute',
      retryAfterS: numberOption(minute, 'retryAfterS', 30),
      headers: { ...headers, 'X-MinLimit-Remaining': '0' },
    });
  const day = faults.get('rate-limit-day');
  // 66,975 seconds have been seen (Codat help centre).
  if (day)
    return tooMany({
      problem: 'day',
      retryAfterS: numberOption(day, 'retryAfterS', 66_975),
      headers: { ...headers, 'X-DayLimit-Remaining': '0' },
    });
  return faults.has('rate-limit-empty') ? new Response(null, { status: 429 }) : undefined;
}

/** One element that Xero cannot take makes it fail on everything that is sent with it. */
export function plannedPoison(faults: ActiveFaults, body: string): Response | undefined {
  const poison = faults.get('poison');
  if (poison === undefined || typeof poison.text !== 'string' || !body.includes(poison.text))
    return undefined;
  const status = numberOption(poison, 'status', 500);
  return Response.json(
    {
      ErrorNumber: status,
      Type: status === 400 ? 'PostDataInvalidException' : 'InternalServerException',
      Message: status === 400 ? 'The data could not be read.' : 'An error occurred in Xero.',
    },
    { status },
  );
}

/** Failures of Xero itself. A 500 may be an HTML page of a proxy (xero-node #479). */
export function plannedFailure(faults: ActiveFaults): Response | undefined {
  if (faults.has('maintenance'))
    return new Response(
      'The Xero API is currently offline for scheduled maintenance. Please try again later.',
      {
        status: 503,
        headers: { 'content-type': 'text/plain' },
      },
    );
  if (faults.has('server-error-html'))
    return new Response(
      '<html><head><title>500 Internal Server Error</title></head><body><center><h1>500 Internal Server Error</h1></center><hr><center>nginx</center></body></html>',
      {
        status: 500,
        headers: { 'content-type': 'text/html' },
      },
    );
  if (faults.has('server-error'))
    return Response.json(
      {
        ErrorNumber: 500,
        Type: 'InternalServerException',
        Message:
          'An error occurred in Xero. Check the API Status page http://status.developer.xero.com for current service status.',
      },
      { status: 500 },
    );
  return undefined;
}
