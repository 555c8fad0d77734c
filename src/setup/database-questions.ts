import { hostName, matching, needed, oneOf, wholeNumber, type Answers, type Chapter } from './question.js';

const engines = [
  { value: 'sqlite', label: 'SQLite（ファイル1つ。数千人までの1台構成に）' },
  { value: 'mariadb', label: 'MariaDB 10.11 以上（別に用意したサーバー）' },
];
const isServer = (answers: Answers): boolean => answers.databaseEngine === 'mariadb';

export const databaseChapter: Chapter = {
  title: 'データベース',
  questions: [
    {
      key: 'databaseEngine',
      label: 'データベースの種類',
      help: ['迷ったら sqlite で始められます。'],
      choices: engines,
      initial: () => 'sqlite',
      check: oneOf(engines),
    },
    {
      key: 'dataDir',
      label: 'データを置くフォルダー',
      help: ['SQLite のファイルや録音を置きます。バックアップの対象です。'],
      check: matching(/^\/[^\s'"\\$`]*$/, '/ で始まる、空白や引用符のない場所'),
    },
    {
      key: 'databaseHost',
      label: 'MariaDB のホスト名',
      help: ['同じ機械なら 127.0.0.1 です。'],
      isAsked: isServer,
      initial: () => '127.0.0.1',
      check: hostName,
    },
    {
      key: 'databasePort',
      label: 'MariaDB のポート',
      help: ['ふつうは 3306 です。'],
      isAsked: isServer,
      initial: () => '3306',
      check: wholeNumber(1, 65_535),
    },
    {
      key: 'databaseName',
      label: 'データベース名',
      help: ['先に作っておきます: CREATE DATABASE genkidesu CHARACTER SET utf8mb4;'],
      isAsked: isServer,
      initial: () => 'genkidesu',
      check: matching(/^[\w-]{1,64}$/, '半角の英数字と _ -'),
    },
    {
      key: 'databaseUser',
      label: 'MariaDB の利用者名',
      help: ['そのデータベースのすべての権限を持つ利用者です。'],
      isAsked: isServer,
      initial: () => 'genkidesu',
      check: matching(/^[\w.-]{1,80}$/, '半角の英数字と _ . -'),
    },
    {
      key: 'databasePassword',
      label: 'MariaDB のパスワード',
      help: ['打った文字は表示しません。専用のファイル（持ち主だけが読めます）に書きます。'],
      isSecret: true,
      isAsked: isServer,
      check: needed,
    },
  ],
};
