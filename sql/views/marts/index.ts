import type { Contract } from '../../contract.ts';
import type { View } from '../index.ts';
import agentPerformance from './agent_performance.sql';
import { contract as agentPerformanceContract } from './agent_performance.ts';
import attributionSummary from './attribution_summary.sql';
import { contract as attributionSummaryContract } from './attribution_summary.ts';
import dangerList from './danger_list.sql';
import { contract as dangerListContract } from './danger_list.ts';
import fctCallAttempt from './fct_call_attempt.sql';
import { contract as fctCallAttemptContract } from './fct_call_attempt.ts';
import fctPurchase from './fct_purchase.sql';
import { contract as fctPurchaseContract } from './fct_purchase.ts';
import fctSpeedToLead from './fct_speed_to_lead.sql';
import { contract as fctSpeedToLeadContract } from './fct_speed_to_lead.ts';
import leadConversion from './lead_conversion.sql';
import { contract as leadConversionContract } from './lead_conversion.ts';
import speedToLead from './speed_to_lead.sql';
import { contract as speedToLeadContract } from './speed_to_lead.ts';

/** Every published table: its view and, beside it, its contract. */
export const marts: (View & { contract: Contract })[] = [
  { name: 'attribution_summary', sql: attributionSummary, contract: attributionSummaryContract },
  { name: 'lead_conversion', sql: leadConversion, contract: leadConversionContract },
  { name: 'speed_to_lead', sql: speedToLead, contract: speedToLeadContract },
  { name: 'agent_performance', sql: agentPerformance, contract: agentPerformanceContract },
  { name: 'danger_list', sql: dangerList, contract: dangerListContract },
  { name: 'fct_call_attempt', sql: fctCallAttempt, contract: fctCallAttemptContract },
  { name: 'fct_purchase', sql: fctPurchase, contract: fctPurchaseContract },
  { name: 'fct_speed_to_lead', sql: fctSpeedToLead, contract: fctSpeedToLeadContract },
];
