context.get('errors').verify()
return true
