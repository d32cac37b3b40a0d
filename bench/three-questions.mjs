// The least that any Node program does to ask an API server what it serves: no inputs, no kubeconfig, no judging, no report. What the action takes above this is its own.
import { Agent, get } from 'node:https';

const { SERVER, TOKEN, CA } = process.env;
const agent = new Agent({ keepAlive: true, ca: CA });
const headers = {
  authorization: `Bearer ${TOKEN}`,
  accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
};

const ask = (path) =>
  new Promise((resolve, reject) => {
    get(`${SERVER}${path}`, { agent, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.once('end', () => resolve(JSON.parse(Buffer.concat(parts).toString('utf8'))));
    }).once('error', reject);
  });

const [, apis] = await Promise.all(['/api', '/apis', '/version'].map(ask));
process.exit(apis.items?.some(({ metadata }) => metadata.name === 'apps') ? 0 : 1);
