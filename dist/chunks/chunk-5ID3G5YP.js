import{a as o}from"./chunk-DCANE7XH.js";var s=o((t,e)=>{e.exports=process.getBuiltinModule("node:stream")});export{s as a};
