import { callbackRules } from '../rules/callback.ts';
import { entity } from './entity.ts';
import { setup } from './rights.ts';

export const CALLBACKS = entity({
  name: 'CallbackEntry',
  path: 'system/callbacks',
  can: 'CRUD',
  right: setup('System / Callbacks'),
  computed: ['connectWiseID', 'memberId'],
  defaults: { inactiveFlag: false, isSoapCallbackFlag: false, isSelfSuppressedFlag: false },
  rules: callbackRules,
});

export const MEMBERS = entity({
  name: 'Member',
  path: 'system/members',
  can: 'R',
  right: { name: 'System > Member Maintenance' },
});

export const LOCATIONS = entity({
  name: 'Location',
  path: 'system/locations',
  can: 'R',
  right: setup('Company / Location'),
});

export const DEPARTMENTS = entity({
  name: 'Department',
  path: 'system/departments',
  can: 'R',
  right: setup('Company / Location'),
});

/** Listed, fetched, made and replaced in ways of their own (`api/documents.ts`). */
export const DOCUMENTS = entity({
  name: 'DocumentInfo',
  resource: 'document',
  path: 'system/documents',
  can: '',
  right: { name: 'Companies > Manage Attachments' },
});
