import{c as e}from"./chunk-EPXOE4VI.js";var s=e((d,o)=>{o.exports=process.getBuiltinModule("node:net")});var n=e((i,t)=>{t.exports=process.getBuiltinModule("node:events")});export{s as a,n as b};
