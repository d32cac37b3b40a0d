#!/usr/bin/env node
import{l as R,m as O}from"./chunk-GCGS42DE.js";import{a as M}from"./chunk-E5ZI5QOU.js";import"./chunk-BYXBJQAS.js";import{m as g,u as S}from"./chunk-OTEAEGWP.js";import{e as k,f as v,g as E,h as $,i as m}from"./chunk-FMNBV2Q7.js";import"./chunk-SQE76S5B.js";var C=10080*60*1e3,y=/^kube-api-gate-[A-Za-z0-9._-]{1,200}$/;function A(t){let{directory:e}=t;return{name:"cache directory",async restore(r){try{let o=await I(e,r);return o===void 0?f(`${e} has no entry that begins with ${r.at(-1)}`):await x(e,o)}catch(o){return f(`${e} cannot be read: ${j(o)}`)}},async save(r,o){let{join:s}=process.getBuiltinModule("node:path");if(!y.test(r))return{kind:"failed",reason:`${JSON.stringify(r)} is no name for an entry`};try{await M(s(e,r),o,{fileMode:384,directoryMode:448})}catch(n){return{kind:"failed",reason:`${e} cannot be written: ${j(n)}`}}return await H(e,r).catch(()=>{}),{kind:"saved"}}}}async function I(t,e){let{readdir:r}=process.getBuiltinModule("node:fs/promises"),s=(await r(t).catch(n=>{if(n.code==="ENOENT")return[];throw n})).filter(n=>y.test(n)&&n.endsWith("-"));for(let n of e){let i=s.includes(n)?[n]:s.filter(a=>a.startsWith(n));if(i.length>0)return await _(t,i)}}async function _(t,e){let{stat:r}=process.getBuiltinModule("node:fs/promises"),{join:o}=process.getBuiltinModule("node:path");return(await Promise.all(e.map(async n=>{let i=await r(o(t,n)).catch(()=>{});return{name:n,time:i?.mtimeMs??0}}))).sort((n,i)=>i.time-n.time||(n.name<i.name?1:-1))[0]?.name}async function x(t,e){let{lstat:r,readFile:o}=process.getBuiltinModule("node:fs/promises"),{join:s}=process.getBuiltinModule("node:path"),n=s(t,e),i=await r(n);return i.isFile()?i.size>33554432?f(`${n} is ${i.size} bytes long`):{kind:"found",key:e,bytes:await o(n)}:f(`${n} is not a file`)}async function H(t,e){let{readdir:r,rm:o,stat:s}=process.getBuiltinModule("node:fs/promises"),{join:n}=process.getBuiltinModule("node:path"),{mtimeMs:i}=await s(n(t,e));for(let a of await r(t)){if(!y.test(a))continue;let d=n(t,a),{mtimeMs:p}=await s(d);p<i-C&&await o(d,{force:!0})}}function f(t){return{kind:"none",reason:t}}function j(t){return t instanceof Error?t.message:String(t)}var{parseArgs:G}=globalThis.process.getBuiltinModule("node:util"),l={compatible:0,incompatible:1,"invalid-input":2,undetermined:3,unreachable:4,denied:5,"internal-error":70};process.exitCode=l["internal-error"];var W=()=>`Usage: kube-api-gate [options] [requirement...]

Asks a Kubernetes cluster which APIs it serves, and fails when one that is required is missing.

  kube-api-gate apps/v1 'batch/v1/CronJob verbs=create'
  kube-api-gate --manifests 'deploy/**/*.yaml' --context prod

Options (each may be given more than once; each time adds a line):
${g.map(({name:t,description:e,default:r})=>`  --${t}${r?` (default: ${r})`:""}
      ${e}`).join(`
`)}
  --debug
      Say what is asked and how it is answered.
  --help
      This text.

Exit codes: ${Object.entries(l).map(([t,e])=>`${e} ${t}`).join(", ")}.`;function q(t){try{let{values:e,positionals:r}=G({args:[...t],allowPositionals:!0,options:{...Object.fromEntries(g.map(({name:a})=>[a,{type:"string",multiple:!0}])),debug:{type:"boolean"},help:{type:"boolean",short:"h"}}});if(e.help===!0)return{kind:"help"};let o=e,s=a=>[o[a]??[]].flat().map(String),n=new Map(g.map(({name:a,default:d})=>[a,d]));return{kind:"run",read:a=>{let d=a==="require"?[...s(a),...r]:s(a);return d.length===0?n.get(a)??"":d.join(`
`)},debug:e.debug===!0}}catch(e){return{kind:"wrong",message:e instanceof Error?e.message:String(e)}}}var{argv:z,stdout:w,stderr:h,versions:B}=process,D=24;Number.parseInt(B.node,10)<D&&(h.write(`kube-api-gate needs Node ${D} or newer, and this is ${B.node}. In a clone, npm run gate -- \u2026 finds the right one.
`),process.exit(l["internal-error"]));for(let t of[w,h])t.on("error",()=>{});var u=q(z.slice(2));if(u.kind==="help")w.write(`${W()}
`),await m(0);else if(u.kind==="wrong")h.write(`${u.message}
See kube-api-gate --help.
`),await m(l["invalid-input"]);else{let t=$(),{variables:e,workingDirectory:r,homeDirectory:o}=t,{join:s}=process.getBuiltinModule("node:path"),{mask:n,redact:i}=v(()=>{}),a=c=>{w.write(`${i(c)}
`)},d=c=>{h.write(`${k(i(c))}
`)},p=u.read("report-directory").trim(),b={workingDirectory:r,redact:i,line:a,...p===""?{}:{reportDirectory:p}},P={environment:t,clock:E,log:{line:d,debug:u.debug?d:()=>{}},secrets:{mask:n,idToken:()=>Promise.reject(new Error("a GitHub OIDC token can only be had inside a GitHub Actions job"))},store:A({directory:s(e.XDG_CACHE_HOME||s(o,".cache"),"kube-api-gate","snapshots")}),repositoryRoot:r,kubectlCacheDirectory:e.KUBECACHEDIR||s(o,".kube","cache"),exportVariable:()=>{},publisher:{prepare:async()=>{},verdict:c=>R(c,b),error:c=>O(c,b)}},N=await S(u.read,P);await m(l[N])}
