'use strict';
module.exports = function Shred() {
  throw new Error('call hardenAriClient() before connecting');
};
module.exports.registerProcessor = () => {};
