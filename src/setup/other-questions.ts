import { matching, orNothing, telephone, wholeNumber, type Chapter } from './question.js';

export const numbersChapter: Chapter = {
  title: '番号',
  questions: [
    {
      key: 'callerNumber',
      label: '見守り電話の番号',
      help: ['電話に表示される番号です。契約の番号から1つ選び、変えません。0120 はふつう表示できません。'],
      check: telephone,
    },
    {
      key: 'hotlineNumbers',
      label: '相談電話の番号（なければ空のまま）',
      help: ['かかってくる番号です。0120 と普通の番号の両方があれば、カンマで区切ります。'],
      check: orNothing(matching(/^0\d{8,10}(,0\d{8,10})*$/, 'ハイフンなしの番号をカンマで区切って')),
    },
  ],
};

export const adminChapter: Chapter = {
  title: '最初の管理者（運営）',
  questions: [
    {
      key: 'adminMail',
      label: 'メールアドレス（あとにするなら空のまま）',
      help: ['招待のリンクを作ります。パスワードと認証アプリは、本人がはじめのログインで決めます。'],
      check: orNothing(matching(/^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+$/, 'メールアドレス')),
    },
    {
      key: 'adminName',
      label: '氏名',
      help: ['画面と記録に出る名前です。'],
      isAsked: ({ adminMail = '' }) => adminMail !== '',
      check: matching(/^\S(.*\S)?$/u, '名前'),
    },
  ],
};

const port = wholeNumber(1, 65_535);

/** Of the machine: right as they are on most. */
export const machineChapter: Chapter = {
  title: 'この機械',
  questions: (
    [
      ['asteriskModules', 'Asterisk のモジュール', '/usr/lib/x86_64-linux-gnu/asterisk/modules', undefined],
      ['asteriskData', 'Asterisk のデータ', '/usr/share/asterisk', undefined],
      ['sipHost', 'SIP を待つアドレス', '0.0.0.0', undefined],
      ['sipPort', 'SIP のポート', '5060', port],
      ['rtpPorts', '音声のポート', '10000-10500', matching(/^\d{1,5}-\d{1,5}$/, '10000-10500 のような範囲')],
      ['ariPort', 'ARI のポート', '8088', port],
      ['amiPort', 'AMI のポート', '5038', port],
      ['httpPort', '画面のポート', '3000', port],
    ] as const
  ).map(([key, label, initial, check]) => ({
    key,
    label,
    help: [],
    isQuiet: true,
    initial: () => initial,
    check: check ?? matching(/^[\w./:-]+$/, '空白のない文字'),
  })),
};

export const endChapter: Chapter = {
  title: '試しの電話',
  questions: [
    {
      key: 'testCallNumber',
      label: '点検のあと、試しにかける番号（かけないなら空のまま）',
      help: ['手元の電話の番号です。出て、案内のとおりに 1 を押してみます。何も記録しません。'],
      check: orNothing(telephone),
    },
  ],
};
