/// Options of reading and writing files.
package io.lazuli.dataframe.io;
