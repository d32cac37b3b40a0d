import{a as e}from"./chunk-DCANE7XH.js";var s=e((d,o)=>{o.exports=process.getBuiltinModule("node:net")});var n=e((i,t)=>{t.exports=process.getBuiltinModule("node:events")});export{s as a,n as b};
