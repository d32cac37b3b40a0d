function i(n){return(n.kind==="input"?[n.input,n.line]:[n.file,n.line,n.column]).filter(e=>e!==void 0).join(":")}export{i as a};
