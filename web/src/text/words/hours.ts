import type { Words } from '../words';

/** Words of opening hours and closed days. */
export const hoursWords = {
  'hours.title': ['開く日と休みの日', 'Hours and closed days'],
  'hours.now': [
    '日付を押すと、休みにできます。もう一度押すと、開きます。',
    'Press a day to close it; press it again to open it.',
  ],
  'hours.notLoaded': [
    '祝日がまだ取り込まれていません。取り込むまで、「祝日は休み」にしても電話をかけます。運営に、祝日の取り込みを頼んでください。',
    'Public holidays are not loaded yet: stations do not close on them until they are. Ask the operator to load them.',
  ],
  'hours.whose': ['だれの休み', 'Whose days'],
  'hours.allStations': ['すべてのステーション', 'All stations'],
  'hours.lineNamed': ['電話相談: {name}', 'Line: {name}'],
  'hours.yearEnd': ['年末年始（12/29〜1/3）を休みにする', 'Close 29 Dec – 3 Jan'],
  'hours.monthBefore': ['← 前の月', '← Before'],
  'hours.monthAfter': ['次の月 →', 'Next →'],
  'hours.month': ['{year}年{month}月', '{year}/{month}'],
  'hours.legend': [
    '「休」は押して決めた休み、「一部休」は一部のステーションだけの休み、「定休」は曜日・祝日・年末年始で決まる休みです。',
    '“closed” was set by a click, “some” closes some stations only, “regular” follows from weekday, holiday or year end.',
  ],
  'hours.state.own': ['休', 'closed'],
  'hours.state.some': ['一部休', 'some'],
  'hours.state.regular': ['定休', 'regular'],
  'hours.is.open': ['開いています', 'open'],
  'hours.is.own': ['休みです', 'closed'],
  'hours.is.some': ['一部のステーションが休みです', 'some stations are closed'],
  'hours.is.regular': ['決まった休みです', 'closed by rule'],
  'hours.is.closedShort': ['休み', 'closed'],
  'hours.closed': ['{days} を休みにしました。', 'Closed: {days}.'],
  'hours.opened': ['{days} を開く日にしました。', 'Open: {days}.'],
  'hours.planned': [
    '3日先までの電話はもう予定されているので、そのままかけます。',
    'Calls of the next three days are planned already and are made.',
  ],
  'hours.lines': ['電話相談の受付時間', 'Opening hours of the lines'],
  'hours.openNow': ['いま受け付けています。', 'Open now.'],
  'hours.opensAt': ['いまは時間外です。次に開くのは {when} です。', 'Closed now; opens {when}.'],
  'hours.neverOpens': ['開く予定がありません。受付時間を決めてください。', 'It never opens. Set its hours.'],
  'hours.editOf': ['{name} の受付時間を変更する', 'Edit the hours of {name}'],
  'hours.spansHint': [
    '10:00-16:00 のように入れます。昼休みがあるときは 10:00-12:00, 13:00-16:00。空にすると休みです。',
    'Such as 10:00-16:00, or 10:00-12:00, 13:00-16:00. Empty is closed.',
  ],
  'hours.unreadable': ['10:00-16:00 のように入れてください。', 'Such as 10:00-16:00.'],
  'hours.closedOnHolidays': ['祝日は休み', 'Closed on public holidays'],
  'hours.closedAtYearEnd': ['12月29日から1月3日は休み', 'Closed from 29 December to 3 January'],
  'hours.saved': [
    '受付時間を保存しました。1分以内に電話へ反映されます。',
    'Saved. The telephones follow within a minute.',
  ],
} as const satisfies Words;
