// Reads FHIR resources from a file, one on each line, with the validator of npm's `fhir`. Prints what is wrong with them.
const fs = require('fs');
const { Fhir } = require('../browser/node_modules/fhir');

const validator = new Fhir();
fs.readFileSync(process.argv[2], 'utf8').trim().split('\n').forEach((line, at) => {
  const { messages } = validator.validate(JSON.parse(line), { errorOnUnexpected: true });
  // It takes `false` and 0 for missing; `validate.py` does not.
  const isZero = ({ location, message }) => /enableWhen.*answer\[x\]$/.test(location) && message === 'Missing property';
  const problems = messages.filter(message => message.severity !== 'info' && !isZero(message));
  for (const { location, message } of problems) console.log(`line ${at + 1}: ${location}: ${message}`);
});
console.log('end');
