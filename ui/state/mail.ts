import { type Api, call } from '../api.ts';
import { resource } from './resource.ts';

export type Mailing = Api['PUT /v1/connections/:connectionId/mail']['input']['body'];

export const mail = resource(['connection'], (connectionId: string) =>
  call('GET /v1/connections/:connectionId/mail', { params: { connectionId } }),
);
export const saveMail = (connectionId: string, body: Mailing) =>
  call('PUT /v1/connections/:connectionId/mail', { params: { connectionId }, body });
export const testMail = (connectionId: string) =>
  call('POST /v1/connections/:connectionId/mail/test', { params: { connectionId } });
