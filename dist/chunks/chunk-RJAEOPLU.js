import{c as o}from"./chunk-EPXOE4VI.js";var s=o((t,e)=>{e.exports=process.getBuiltinModule("node:stream")});export{s as a};
