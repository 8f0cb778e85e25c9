import io.github.olympe.maven.testing.ShopProject

ShopProject.writeTo(basedir.toPath())
return true
