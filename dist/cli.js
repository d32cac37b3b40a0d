#!/usr/bin/env node
import{c as S,d as R}from"./chunks/chunk-A2YCP7QL.js";import"./chunks/chunk-EGHUV5EV.js";import{a as E,b as $,c as M,d as m}from"./chunks/chunk-6FXQG466.js";import{e as v}from"./chunks/chunk-NLDLWTDU.js";import"./chunks/chunk-WZVQVAPA.js";import{a as I}from"./chunks/chunk-WX5ZWCAN.js";import{a as b}from"./chunks/chunk-CVTLFADG.js";import{E as k,j as w,y as p}from"./chunks/chunk-R7VKRMGA.js";import{e as T}from"./chunks/chunk-EPXOE4VI.js";var B=T(I(),1);var N=10080*60*1e3,h=/^kube-api-gate-[A-Za-z0-9._-]{1,200}$/;function j(n){let{directory:e}=n;return{name:"cache directory",async restore(r){try{let o=await _(e,r);return o===void 0?g(`${e} has no entry that begins with ${r.at(-1)}`):await H(e,o)}catch(o){return g(`${e} cannot be read: ${O(o)}`)}},async save(r,o){let{join:s}=process.getBuiltinModule("node:path");if(!h.test(r))return{kind:"failed",reason:`${JSON.stringify(r)} is no name for an entry`};try{await b(s(e,r),o,{fileMode:384,directoryMode:448})}catch(t){return{kind:"failed",reason:`${e} cannot be written: ${O(t)}`}}return await G(e,r).catch(()=>{}),{kind:"saved"}}}}async function _(n,e){let{readdir:r}=process.getBuiltinModule("node:fs/promises"),s=(await r(n).catch(t=>{if(t.code==="ENOENT")return[];throw t})).filter(t=>h.test(t)&&t.endsWith("-"));for(let t of e){let i=s.includes(t)?[t]:s.filter(a=>a.startsWith(t));if(i.length>0)return await x(n,i)}}async function x(n,e){let{stat:r}=process.getBuiltinModule("node:fs/promises"),{join:o}=process.getBuiltinModule("node:path");return(await Promise.all(e.map(async t=>{let i=await r(o(n,t)).catch(()=>{});return{name:t,time:i?.mtimeMs??0}}))).sort((t,i)=>i.time-t.time||(t.name<i.name?1:-1))[0]?.name}async function H(n,e){let{lstat:r,readFile:o}=process.getBuiltinModule("node:fs/promises"),{join:s}=process.getBuiltinModule("node:path"),t=s(n,e),i=await r(t);return i.isFile()?i.size>w?g(`${t} is ${i.size} bytes long`):{kind:"found",key:e,bytes:await o(t)}:g(`${t} is not a file`)}async function G(n,e){let{readdir:r,rm:o,stat:s}=process.getBuiltinModule("node:fs/promises"),{join:t}=process.getBuiltinModule("node:path"),{mtimeMs:i}=await s(t(n,e));for(let a of await r(n)){if(!h.test(a))continue;let d=t(n,a),{mtimeMs:l}=await s(d);l<i-N&&await o(d,{force:!0})}}function g(n){return{kind:"none",reason:n}}function O(n){return n instanceof Error?n.message:String(n)}var f={compatible:0,incompatible:1,"invalid-input":2,undetermined:3,unreachable:4,denied:5,"internal-error":70};process.exitCode=f["internal-error"];var W=()=>`Usage: kube-api-gate [options] [requirement...]

Asks a Kubernetes cluster which APIs it serves, and fails when one that is required is missing.

  kube-api-gate apps/v1 'batch/v1/CronJob verbs=create'
  kube-api-gate --manifests 'deploy/**/*.yaml' --context prod

Options (each may be given more than once; each time adds a line):
${p.map(({name:n,description:e,default:r})=>`  --${n}${r?` (default: ${r})`:""}
      ${e}`).join(`
`)}
  --debug
      Say what is asked and how it is answered.
  --help
      This text.

Exit codes: ${Object.entries(f).map(([n,e])=>`${e} ${n}`).join(", ")}.`;function q(n){try{let{values:e,positionals:r}=(0,B.parseArgs)({args:[...n],allowPositionals:!0,options:{...Object.fromEntries(p.map(({name:a})=>[a,{type:"string",multiple:!0}])),debug:{type:"boolean"},help:{type:"boolean",short:"h"}}});if(e.help===!0)return{kind:"help"};let o=e,s=a=>[o[a]??[]].flat().map(String),t=new Map(p.map(({name:a,default:d})=>[a,d]));return{kind:"run",read:a=>{let d=a==="require"?[...s(a),...r]:s(a);return d.length===0?t.get(a)??"":d.join(`
`)},debug:e.debug===!0}}catch(e){return{kind:"wrong",message:e instanceof Error?e.message:String(e)}}}var{argv:z,stdout:A,stderr:P}=process,u=q(z.slice(2));if(u.kind==="help")A.write(`${W()}
`),await m(0);else if(u.kind==="wrong")P.write(`${u.message}
See kube-api-gate --help.
`),await m(f["invalid-input"]);else{let n=M(),{variables:e,workingDirectory:r,homeDirectory:o}=n,{join:s}=process.getBuiltinModule("node:path"),{mask:t,redact:i}=E(()=>{}),a=c=>{A.write(`${i(c)}
`)},d=c=>{P.write(`${v(i(c))}
`)},l=u.read("report-directory").trim(),y={workingDirectory:r,redact:i,line:a,...l===""?{}:{reportDirectory:l}},C={environment:n,clock:$,log:{line:d,debug:u.debug?d:()=>{}},secrets:{mask:t,idToken:()=>Promise.reject(new Error("a GitHub OIDC token can only be had inside a GitHub Actions job"))},store:j({directory:s(e.XDG_CACHE_HOME||s(o,".cache"),"kube-api-gate","snapshots")}),repositoryRoot:r,kubectlCacheDirectory:e.KUBECACHEDIR||s(o,".kube","cache"),exportVariable:()=>{},publisher:{prepare:async()=>{},verdict:c=>S(c,y),error:c=>R(c,y)}},D=await k(u.read,C);await m(f[D])}
