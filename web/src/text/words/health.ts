import type { Words } from '../words';

/** Words of the state of the service. */
export const healthWords = {
  'health.title': ['システムの状態', 'State of the system'],
  'health.allGood': ['いまのところ、すべて良好です。', 'All is well.'],
  'health.some': [
    '直すところが {count} 件あります。上から順に見てください。',
    '{count} to mend, the worst first.',
  ],
  'health.lookedAt': ['{time} に調べました（1分ごとに調べます）。', 'Looked at {time}, once a minute.'],
  'health.notYet': [
    '起動したばかりで、まだ調べていません。1分ほど待ってください。',
    'The service has just started. Wait a minute.',
  ],
  'health.old': [
    'この画面の内容は古くなっています（{length}前）。サービスが動いているか確かめてください。',
    'This is old ({length}). See whether the service runs.',
  ],
  'health.mend': ['直すところ', 'To mend'],
  'health.well': ['良好なもの', 'What is well'],
  'health.since': ['{when} から', 'Since {when}'],
  'health.todo': ['すること', 'What to do'],
  'health.calls': [
    '電話相談は、交換機が動いていれば、この画面に異常があってもつながります。',
    'The hotline goes on as long as the exchange runs, whatever is wrong here.',
  ],
  'health.versions': ['版', 'Versions'],
  'health.program': ['げんきです', 'Genkidesu'],
  'health.node': ['Node.js', 'Node.js'],
  'health.exchange': ['交換機（Asterisk）', 'Exchange (Asterisk)'],
  'health.database': ['データベース', 'Database'],
  'health.schema': ['データベースの形', 'Schema'],
  'health.unknown': ['わかりません', 'Unknown'],
} as const satisfies Words;
