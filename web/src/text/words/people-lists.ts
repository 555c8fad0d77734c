import type { Words } from '../words';

/** Lists of people, in and out. */
export const peopleListWords = {
  'people.import': ['CSVから取り込む', 'Import a list'],
  'people.import.hint': [
    'Excelなどで作ったCSVを選び、まず中身を確かめます。確かめるだけでは、何も変わりません。',
    'Choose a CSV file and check it first. Checking changes nothing.',
  ],
  'people.import.columns': [
    '1行目は見出しです。「会員番号・氏名・電話番号・曜日・時刻」の列は必ず要ります。ほかに「ふりがな・生年月日・加入日・方式・話す速さ・呼び出し秒数・備考」を使えます。同じ会員番号の方は、中身が書きかわります。',
    'The first line has the headings. 会員番号, 氏名, 電話番号, 曜日 and 時刻 are needed. Who is known by their number is changed.',
  ],
  'people.import.file': ['CSVファイル', 'CSV file'],
  'people.import.choose': ['ファイルを選ぶ', 'Choose a file'],
  'people.import.chooseFirst': ['先に、CSVファイルを選んでください。', 'Choose a CSV file first.'],
  'people.import.look': ['中身を確かめる', 'Check it'],
  'people.import.wrong': [
    '直すところがあるので、まだ取り込めません。',
    'There are errors: nothing can be imported yet.',
  ],
  'people.import.same': [
    'すべて登録のとおりで、取り込むものはありません。',
    'Everything is as it is here already.',
  ],
  'people.import.ready': ['取り込めます。', 'Ready to import.'],
  'people.import.counts': [
    '新しい方 {added}人、変わる方 {changed}人、変わらない方 {unchanged}人、直すところ {errors}件',
    'New {added}, changed {changed}, unchanged {unchanged}, errors {errors}',
  ],
  'people.import.errors': ['直すところ', 'Errors'],
  'people.import.line': ['行', 'Line'],
  'people.import.field': ['項目', 'Field'],
  'people.import.what': ['どうすればよいか', 'What to do'],
  'people.import.nth': ['{line}行目', 'line {line}'],
  'people.import.restored': [
    '先頭の0を補った番号（正しいか、確かめてください）',
    'Numbers whose leading 0 was put back',
  ],
  'people.import.changed': ['変わる方（{count}人）', 'Changed ({count})'],
  'people.import.added': ['新しい方（{count}人）', 'New ({count})'],
  'people.import.do': ['{count}人を取り込む', 'Import {count} people'],
  'people.import.running': ['取り込んでいます… {written} / {total}人', 'Importing… {written} / {total}'],
  'people.import.done': ['{count}人を取り込みました。', '{count} people were imported.'],
  'people.import.failed': [
    '取り込めませんでした。1人も変わっていません。もう一度、確かめるところから試してください。',
    'Nobody was imported and nothing has changed. Check the file again.',
  ],
  'people.export': ['一覧を取り出す', 'Export the list'],
  'people.export.hint': [
    '個人情報です。だれが・いつ・なぜ取り出したかが、ファイルと記録に残ります。',
    'Personal data: who took it, when and why stands in the file and in the log.',
  ],
  'people.export.reason': ['取り出す理由', 'Reason'],
} as const satisfies Words;
