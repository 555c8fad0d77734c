import assert from 'node:assert/strict';
import { sourceUriIn } from '../../src/testbed/sources-list.js';

describe('apt’s sources files', () => {
  it('name the main archive on a line of their own, with or without options', () => {
    const text = `
# deb http://old.example/debian bookworm main
deb cdrom:[Debian 12]/ bookworm main
deb-src http://source.example/debian bookworm main
deb http://security.example/debian-security bookworm-security main
deb [signed-by=/etc/apt/keyrings/x.gpg] http://one.example/debian/ bookworm main contrib
`;
    assert.equal(sourceUriIn(text, 'lines', 'debian'), 'http://one.example/debian/');
  });

  it('name it in paragraphs, of which some are switched off', () => {
    const text = `Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm

# The one in use
Types: deb deb-src
URIs:
 http://security.example/debian-security
 http://two.example/debian
Suites: bookworm bookworm-updates
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;
    assert.equal(sourceUriIn(text, 'deb822', 'debian'), 'http://two.example/debian');
  });

  it('may name a file of mirrors, as cloud images do', () => {
    const text = 'Types: deb\nURIs: mirror+file:///etc/apt/mirrors/debian.list\nSuites: bookworm\n';
    assert.equal(sourceUriIn(text, 'deb822', 'debian'), 'mirror+file:///etc/apt/mirrors/debian.list');
  });

  it('name Ubuntu’s archive only when that is asked for', () => {
    const text = 'deb http://ports.example/ubuntu-ports noble main universe\n';
    assert.equal(sourceUriIn(text, 'lines', 'ubuntu'), 'http://ports.example/ubuntu-ports');
    assert.equal(sourceUriIn(text, 'lines', 'debian'), undefined);
  });
});
