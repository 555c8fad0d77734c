import type { Words } from '../words';

/** What a card offers to choose from, and how consultations are counted. */
export const cardDesignWords = {
  'design.title': ['相談票の項目と数え方', 'Cards and counting'],
  'design.now': [
    'ふだんは、することはありません。選択肢の言葉や数え方を変えたいときに開きます。',
    'Usually there is nothing to do here. Come when choices or counting rules must change.',
  ],
  'design.readOnly': [
    '見るだけの画面です。変えたいときは、管理者に頼んでください。',
    'You can look here. Ask your administrator for changes.',
  ],
  'design.lists': ['選択肢', 'Choices'],
  'design.lists.hint': [
    '使わなくなったものは消さずに「使う」を外します。前の相談票には、そのまま残ります。言葉を直すと、前の相談票の言葉も変わります。',
    'What is used no more is not deleted: untick it. Old cards keep it. A new word for a choice shows in old cards too.',
  ],
  'design.list.needsAttributes': ['住宅確保要配慮者の区分', 'Needs'],
  'design.list.troubles': ['困りごと', 'Troubles'],
  'design.list.homes': ['いまの住まい', 'Present home'],
  'design.list.layouts': ['希望の間取り', 'Wanted layout'],
  'design.choice': ['{list} {n}番目の言葉', '{list}, word {n}'],
  'design.used': ['使う', 'In use'],
  'design.usedOf': ['「{label}」を使う', 'Use “{label}”'],
  'design.retired': ['（使わない）', '(not in use)'],
  'design.add': ['選択肢を足す', 'Add a choice'],
  'design.saveList': ['{list}を保存する', 'Save: {list}'],
  'design.rules': ['数え方', 'Counting rules'],
  'design.rules.hint': [
    '変えると、これまでの月の数も新しい数え方で数え直します。報告に使った数と合わなくなることがあります。',
    'A change counts past months anew, too; figures that were reported may differ then.',
  ],
  'design.yearStart': ['年度の始まる月', 'The year begins in'],
  'design.month': ['{n}月', 'Month {n}'],
  'design.countDrafts': ['書きかけの相談票も、相談に数える', 'Count unfinished cards as consultations'],
  'design.channels': ['相談に数える受付の方法', 'Channels that count as consultations'],
  'design.triages': ['相談に数える緊急度', 'Urgencies that count as consultations'],
  'design.actionKinds': ['対応に数えること', 'What counts as handling'],
  'design.informationOnly': ['情報を伝えただけの対応も数える', 'Count actions that only informed'],
  'design.referrals': ['ほかの窓口につないだことも、対応に数える', 'Count referrals as handling'],
  'design.saveRules': ['数え方を保存する', 'Save the rules'],
  'design.meaning': ['いまの数え方', 'How it is counted now'],
  'error.choiceMissing': [
    'ほかの人が選択肢を足したようです。画面を読み込み直して、もう一度直してください。',
    'Somebody seems to have added a choice. Load the page again and make your change once more.',
  ],
  'error.labelTwice': [
    '同じ言葉が二つあります。どちらかを別の言葉にするか、「使う」を外してください。',
    'Two choices have the same words. Change one, or untick it.',
  ],
  'error.noneOffered': ['少なくとも一つは「使う」にしてください。', 'At least one choice must be in use.'],
} as const satisfies Words;
