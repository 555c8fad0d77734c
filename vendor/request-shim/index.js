'use strict';
const net = require('node:net');

/** ari-client probes the host once before it connects. A bare TCP connect leaves no 401 in Asterisk's log. */
module.exports = function request(url, callback) {
  const target = new URL(url);
  let done = false;
  const finish = (error) => {
    if (done) return;
    done = true;
    socket.destroy();
    callback(error ?? null);
  };
  const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
  const socket = net.connect({ host: target.hostname, port }, () => finish());
  socket.setTimeout(5000, () => finish(Object.assign(new Error('connect timeout'), { code: 'ETIMEDOUT' })));
  socket.on('error', finish);
};
