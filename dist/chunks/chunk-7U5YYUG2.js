import{c as o}from"./chunk-EPXOE4VI.js";var r=o((s,e)=>{e.exports=process.getBuiltinModule("node:buffer")});export{r as a};
