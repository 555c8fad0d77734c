export const triages = ['immediate', 'urgent', 'standard', 'information'] as const;
/** How soon somebody must act. */
export type Triage = (typeof triages)[number];

export interface TriageWords {
  triage: Triage;
  label: string;
  /** When it is this one. */
  when: string;
  /** What the counsellor says or does now; empty where nothing is pressing. */
  say: string[];
}

/** Nothing is dialled by itself: the words are for the counsellor, who stays with the caller. */
export const triageWords: Readonly<Record<Triage, TriageWords>> = {
  immediate: {
    triage: 'immediate',
    label: 'ただちに',
    when: '今夜寝るところがない、暴力を受けている、命や体の危険がある、急な病気やけが',
    say: [
      '急な病気、けが、火事の時は「このあとすぐ、119番に電話してください。おひとりで難しければ、私どもから119番にかけます。」',
      '暴力や身の危険がある時は「安全な場所に移れますか。すぐに110番に電話してください。」',
      '今夜寝るところがない時は「市役所の窓口に今日のうちにおつなぎします。このまま少しお待ちください。」',
      '電話を切る前に、今いる場所と、折り返しの番号を聞いてください。',
    ],
  },
  urgent: {
    triage: 'urgent',
    label: '急ぎ',
    when: '退去の期限が2週間以内、退院・退所の日が決まっている',
    say: ['期限の日を聞き、次の連絡を今日か明日に約束してください。'],
  },
  standard: { triage: 'standard', label: '通常', when: '住まいの相談を続けていく', say: [] },
  information: { triage: 'information', label: '情報提供', when: '問い合わせに答えて終わる', say: [] },
};
