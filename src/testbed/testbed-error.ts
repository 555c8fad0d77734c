export type TestbedErrorCode =
  | 'notDebian'
  | 'wrongArchitecture'
  | 'noPackageSource'
  | 'downloadFailed'
  | 'noDiskSpace'
  | 'unpackFailed'
  | 'wrongVersion'
  | 'didNotStart';

/** Why a part of the testbed is not there, and what the person at the keyboard can do about it. */
export class TestbedError extends Error {
  readonly code: TestbedErrorCode;
  /** What the failing tool said last; empty when there was no tool. */
  readonly toolOutput: string[];

  constructor(code: TestbedErrorCode, message: string, toolOutput: string[] = []) {
    super([message, ...toolOutput.map((line) => `  | ${line}`)].join('\n'));
    this.name = 'TestbedError';
    this.code = code;
    this.toolOutput = toolOutput;
  }
}
