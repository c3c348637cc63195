/**
 * Which settings each Worker takes, beside the secrets of the doors (`ingest/doors`). On Cloudflare
 * set these for it (docs/go-live.md); the house on this machine hands each Worker no others.
 */
import {
  contactKeySettings,
  dashboardSettings,
  googleSettings,
  houseSettings,
  localSettings,
  nightSettings,
  phoneSettings,
  pulseSettings,
  tokenSettings,
  websiteSettings,
} from '../core/settings.ts';

export const workerSettings = {
  ingest: {
    ...houseSettings,
    ...tokenSettings,
    ...contactKeySettings,
    ...phoneSettings,
    ...websiteSettings,
    ...pulseSettings,
    ...localSettings,
  },
  engine: {
    ...houseSettings,
    ...tokenSettings,
    ...dashboardSettings,
  },
  export: {
    ...houseSettings,
    ...tokenSettings,
    ...contactKeySettings,
    ...nightSettings,
    ...googleSettings,
  },
  api: {
    ...houseSettings,
    ...tokenSettings,
    ...contactKeySettings,
    ...phoneSettings,
    ...dashboardSettings,
    ...pulseSettings,
    ...localSettings,
  },
};
