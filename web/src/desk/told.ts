import type { AlertAboutSomebody, AlertEvent, ServiceAlert } from '../../../src/alerts/alert-list-store';
import type { UndeliveredMail } from '../../../src/alerts/alert-mail-store';
import type { TimelineEvent } from '../../../src/checkins/timeline';
import type { StationCall } from '../../../src/desk/station-call-store';
import type { TodayLine } from '../../../src/desk/today';
import type { StationDay } from '../../../src/desk/today-store';
import type { Told } from '../api/told';

export type { StationTold } from '../api/told';
export type DayTold = Told<StationDay>;
export type LineTold = Told<TodayLine>;
export type CallTold = Told<StationCall>;
export type AlertTold = Told<AlertAboutSomebody>;
export type ServiceAlertTold = Told<ServiceAlert>;
export type UndeliveredTold = Told<UndeliveredMail>;
export type AlertDetailsTold = AlertTold & {
  steps: Told<AlertEvent>[];
  calls: CallTold[];
  timeline: Told<TimelineEvent>[];
};
