import type { AmiLink } from './ami-link.js';

/** In this order: the dialplan's form of numbers, then who the carrier is, then how we log in. */
const modules = [
  'pbx_config.so',
  'res_pjsip.so',
  'res_pjsip_endpoint_identifier_ip.so',
  'res_pjsip_outbound_registration.so',
] as const;

/** Lets the exchange read its trunk and its dialplan anew. Calls in progress keep what they began with. */
export async function reloadTrunk(link: Pick<AmiLink, 'action'>): Promise<void> {
  for (const module of modules) await link.action({ action: 'ModuleLoad', module, loadtype: 'reload' });
}
