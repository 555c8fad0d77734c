import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { Registry } from 'prom-client';
import { createMetrics } from '../../src/http/metrics.js';
import { projectRoot } from '../../src/project-root.js';
import { hotlineMetrics } from '../../src/watch/hotline-metrics.js';
import { promiseMetrics } from '../../src/watch/promise-metrics.js';
import { serviceMetrics } from '../../src/watch/service-metrics.js';

interface Rule {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; description: string; runbook_url: string };
}

interface Panel {
  id: number;
  title: string;
  type: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: { expr: string }[];
}

const read = (file: string): string => readFileSync(join(projectRoot, 'monitoring', file), 'utf8');
/** Sections of the runbook. */
const anchors = [
  ...['trunk-down', 'pbx-down', 'disk-full', 'wrong-clock', 'database-down'],
  ...['nothing-called', 'mail-down', 'certificate', 'leak'],
];
/** Prometheus' own word about what it scrapes. */
const given = new Set(['up']);
const wordsOfPromQl = new Set(['sum', 'max', 'by', 'on', 'and', 'or', 'rate', 'vector']);

/** Each name of a figure in an expression; labels, their values and the language's own words are left out. */
function metricsIn(expression: string): string[] {
  const bare = expression
    .replace(/\{[^}]*\}|"[^"]*"|\[[^\]]*\]/g, ' ')
    .replace(/\b(by|on)\s*\([^)]*\)/g, ' ');
  return [...bare.matchAll(/[a-zA-Z_:][\w:]*/g)]
    .map(([name]) => name)
    .filter((name) => !wordsOfPromQl.has(name));
}

describe('the watch over the service by others', () => {
  let known: Set<string>;
  let labelsOf: Map<string, Set<string>>;
  const rules = (load(read('prometheus-rules.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
    (group) => group.rules,
  );
  const dashboard = JSON.parse(read('grafana-dashboard.json')) as { panels: Panel[] };

  before(() => {
    const registry = wholeRegistry();
    known = new Set(registry.map(({ name }) => name));
    labelsOf = new Map(registry.map(({ name, labels }) => [name, labels]));
  });

  it('has alert rules that ask for nothing but figures that there are', () => {
    assert.ok(rules.length > 20);
    const unknown = rules.flatMap(({ alert, expr }) =>
      metricsIn(expr)
        .filter((name) => !known.has(name) && !given.has(name))
        .map((name) => `${alert}: ${name}`),
    );
    assert.deepEqual(unknown, []);
    assert.ok(rules.every(({ expr }) => metricsIn(expr).length > 0));
  });

  it('says in Japanese what happened and what to do, and where the runbook tells more', () => {
    for (const { alert, annotations, labels, ...rule } of rules) {
      assert.match(annotations.summary, /[ぁ-ん]/, alert);
      assert.match(annotations.description, /[ぁ-ん].*。$/, alert);
      const [, anchor = ''] = /^docs\/runbook\.ja\.md#(.+)$/.exec(annotations.runbook_url) ?? [];
      assert.ok(anchors.includes(anchor), `${alert}: ${annotations.runbook_url}`);
      assert.ok(['warning', 'critical'].includes(labels.severity), alert);
      assert.match(rule.for, /^\d+[mh]$/, alert);
    }
    assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
    const told = new Set(rules.map(({ annotations }) => annotations.runbook_url.split('#')[1]));
    assert.deepEqual(
      anchors.filter((anchor) => !told.has(anchor)),
      [],
    );
  });

  it('has a dashboard of panels that ask for nothing but figures that there are', () => {
    const unknown = dashboard.panels.flatMap(({ title, targets }) =>
      targets
        .flatMap(({ expr }) => metricsIn(expr))
        .filter((name) => !known.has(name))
        .map((name) => `${title}: ${name}`),
    );
    assert.deepEqual(unknown, []);
    assert.equal(new Set(dashboard.panels.map(({ id }) => id)).size, dashboard.panels.length);
    assert.ok(dashboard.panels.every(({ targets, title }) => targets.length > 0 && title !== ''));
  });

  it('lays no panel over another', () => {
    const { panels } = dashboard;
    for (const [index, { gridPos: one, title }] of panels.entries()) {
      assert.ok(one.x >= 0 && one.x + one.w <= 24, title);
      for (const { gridPos: other, title: others } of panels.slice(index + 1)) {
        const apart =
          one.x + one.w <= other.x ||
          other.x + other.w <= one.x ||
          one.y + one.h <= other.y ||
          other.y + other.h <= one.y;
        assert.ok(apart, `${title} and ${others}`);
      }
    }
  });

  it('shows every figure of ours on the dashboard', () => {
    const shown = new Set(
      dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr))),
    );
    const own = [...known].filter((name) => name.startsWith('genkidesu_'));
    assert.deepEqual(
      own.filter((name) => !shown.has(name)),
      [],
    );
  });

  it('tells by no label who anybody is', () => {
    const allowed = new Set([
      ...[
        'organization',
        'stat',
        'trunk',
        'outcome',
        'sip_status',
        'cause',
        'reason',
        'use',
        'disk',
        'check',
      ],
      ...['link', 'state', 'quantile', 'version', 'node'],
    ]);
    const others = [...labelsOf]
      .filter(([name]) => name.startsWith('genkidesu_'))
      .flatMap(([name, labels]) =>
        [...labels].filter((label) => !allowed.has(label)).map((label) => `${name}: ${label}`),
      );
    assert.deepEqual(others, []);
  });

  it('scrapes where the service gives them', () => {
    const { scrape_configs: jobs, rule_files: files } = load(read('prometheus.yml')) as {
      scrape_configs: { metrics_path: string; static_configs: { targets: string[] }[] }[];
      rule_files: string[];
    };
    assert.deepEqual(files, ['prometheus-rules.yml']);
    assert.deepEqual(
      [jobs[0]?.metrics_path, jobs[0]?.static_configs[0]?.targets],
      ['/metrics', ['127.0.0.1:3000']],
    );
  });
});

/** All figures that a service has, over sources that know nothing. */
function wholeRegistry(): { name: string; labels: Set<string> }[] {
  const none = () => Promise.reject(new Error('not asked here'));
  let whole = new Registry();
  const metrics = createMetrics(
    {
      checkinsToday: none,
      channelsInUse: () => 0,
      resultsWaiting: () => 0,
      mailsWaiting: none,
      linksUp: none,
      dialLagSeconds: none,
    },
    [
      (registry) => (whole = registry),
      promiseMetrics({ days: none, overdue: none, alerts: none, calls: none, operatorAlerts: none }),
      hotlineMetrics({
        organizationIds: () => [],
        picture: () => undefined,
        facts: none,
        now: () => new Date(0),
      }),
      serviceMetrics({
        health: none,
        states: () => [],
        trunks: () => [],
        taskProcessorDepth: () => 0,
        liveSockets: () => 0,
        freeRoom: none,
        sweptAt: () => undefined,
        holds: () => [],
        version: '0',
        now: () => new Date(0),
      }),
    ],
  );
  metrics.close();
  return whole.getMetricsAsArray().map((metric) => {
    const { name, labelNames = [] } = metric as unknown as { name: string; labelNames?: string[] };
    return { name, labels: new Set(labelNames) };
  });
}
